// What stands under words after they were saved (`screen/boxes.py`): a yellow box that asks whether somebody real is
// named, a blue line that offers another word. Nothing here takes the focus.
import { h } from './dom.js';

// `given`: what the server says of the words; `rewrite` and `keep` are carried out on a press, null once nobody may write.
export function boxes(given, kept, rewrite, keep) {
  if (!given) return [];
  const blue = (given.wording ?? []).map((sentence) => h('p.other-word', {}, sentence));
  if (given.kept) return [h('p.checked', { role: 'status' }, given.kept), ...blue];
  if (!given.ask || kept) return blue;
  const acts = rewrite ? h('p.acts', {}, h('button.small', { type: 'button', onclick: rewrite }, given.rewrite), ' ',
    h('button.small', { type: 'button', onclick: () => keep(given) }, given.keep)) : null;
  return [h('div.somebody', { role: 'status' }, h('p', {}, given.ask), h('p.muted', {}, given.where), acts), ...blue];
}

// The pieces whose words were kept here, until the server's next word on them.
export class Kept {
  constructor(outbox, random) {
    Object.assign(this, { outbox, random, known: new Set() });
  }

  has(given) {
    return Boolean(given?.about) && this.known.has(`${given.about} ${given.base}`);
  }

  keep({ about, base }) {
    this.known.add(`${about} ${base}`);
    this.outbox.add({ id: this.random(), verb: 'keep_words', fields: { about, base, key: this.random() } });
  }

  // Refused: the words were changed meanwhile, and the box comes back with the new ones.
  settled(item) {
    if (item?.verb !== 'keep_words' || item.state !== 'refused') return false;
    this.known.delete(`${item.fields.about} ${item.fields.base}`);
    this.outbox.take(item.id);
    return true;
  }
}
