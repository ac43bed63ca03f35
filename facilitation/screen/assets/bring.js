// Takes in a conference that was brought as a file: first what it would do here, then doing it. The file stays in the
// browser between the two, nothing is kept on the server. data: {most, words}.
import './dress.js';
import { fill, h } from './dom.js';

export default function ({ data, parentElement, setTriggerValue }) {
  if (!parentElement.querySelector('form')) parentElement.replaceChildren(new Bring(data, () => setTriggerValue('act', { value: 'taken', n: Date.now() })).root);
}

class Bring {
  constructor(data, taken) {
    Object.assign(this, { data, taken });
    const { words } = data;
    this.file = h('input', { type: 'file', accept: '.zip,.kaigi', onchange: () => this.clear() });
    this.name = h('span.muted');
    this.passphrase = h('input', { type: 'text', autocomplete: 'off', spellcheck: false, 'aria-label': words.passphrase });
    this.sealed = h('label.sealed', { hidden: true }, h('span.name', {}, words.passphrase), this.passphrase);
    this.told = h('ul.told', { role: 'status' });
    this.buttons = h('div.buttons');
    this.root = h('form.kaigi.travel', { onsubmit: (event) => { event.preventDefault(); this.ask('look'); } },
      h('span.name', {}, words.file), h('label.file', {}, this.file, h('span.pick', {}, words.pick), this.name), this.sealed, this.told, this.buttons);
    this.clear();
  }

  // The browser's own button would speak the browser's language, not the page's.
  clear() {
    this.name.textContent = this.file.files[0]?.name ?? '';
    fill(this.told);
    this.offer('look');
  }

  offer(what) {
    const { words } = this.data;
    fill(this.buttons, what === 'look' ? h('button.go', { type: 'submit' }, words.look)
      : what === 'take' ? [h('button.go', { type: 'button', onclick: () => this.ask('take') }, words.take), h('button.small', { type: 'button', onclick: () => this.reset() }, words.not)] : null);
  }

  reset() {
    this.root.reset();
    this.clear();
  }

  async ask(what) {
    const { words, most } = this.data;
    const [file] = this.file.files;
    if (!file) return this.tell([words.choose], false);
    if (file.size > most) return this.tell([words.too_big], false);
    const body = new FormData();
    body.append('file', file);
    body.append('passphrase', this.passphrase.value);
    fill(this.buttons);
    this.tell([words.working], true);
    let answer;
    try {
      answer = await (await fetch(`/bring/${what}`, { method: 'POST', body })).json();
    } catch { answer = { ok: false, lines: [words.lost] }; }
    this.tell(answer.lines, answer.ok);
    if (answer.sealed) this.sealed.hidden = false;
    if (what === 'take' && answer.ok) { this.root.reset(); this.taken(); this.offer('look'); }
    else this.offer(answer.ok && answer.changes ? 'take' : 'look');
  }

  tell(lines, ok) {
    this.told.className = ok ? 'told' : 'told refused';
    fill(this.told, lines.map((line) => h('li', {}, line)));
  }
}
