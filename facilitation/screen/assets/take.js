// Takes a conference along: a form of our own, because only a form can send a passphrase that stands in no address.
// data: {action, words: {passphrase, hint, take}, least}.
import './dress.js';
import { h } from './dom.js';

export default function ({ data, parentElement }) {
  if (parentElement.querySelector('form')?.getAttribute('action') === data.action) return;
  const passphrase = h('input', { type: 'text', name: 'passphrase', autocomplete: 'off', spellcheck: false, minLength: data.least, 'aria-label': data.words.passphrase });
  parentElement.replaceChildren(h('form.kaigi.travel', { action: data.action, method: 'post' },
    h('label', {}, h('span.name', {}, data.words.passphrase), passphrase, h('span.muted', {}, data.words.hint)),
    h('button.go', { type: 'submit' }, data.words.take)));
}
