// What a seat began or gave in forms that do not stand on its page any more: their step of the timetable is over, or the
// tablet went to another group. What was given is sent from here as well, for the group it was written for; what was
// begun can be given here. Another group's words are not shown: only that they are there.
import { h, say } from './dom.js';
import { Keep, kept, random } from './keep.js';
import { outbox } from './outbox.js';

const SETTLED = 600; // ms after a run in which a page has taken away what it does not draw any more

export class Left {
  constructor(data, changed) {
    Object.assign(this, { data, changed, outboxes: new Map() });
    document.addEventListener('kaigi:settled', ({ detail }) => { if (this.outboxes.has(detail.name)) changed(detail.item); });
    document.addEventListener('kaigi:beat', () => { if (here(this.data.keep)) this.look(this.data); });
  }

  look(data) {
    this.data = data;
    window.clearTimeout(this.soon);
    this.soon = window.setTimeout(() => this.take(), SETTLED);
  }

  // Each form that is not here: what it has to send, and what a closed tab left of it.
  take() {
    for (const name of this.names()) {
      if (this.outboxes.has(name)) continue;
      const keep = new Keep(this.data.log, name);
      const found = outbox(keep, { ...this.data, group: groupOf(name) });
      this.outboxes.set(name, found);
      keep.adopt(() => { found.reload(); this.changed(); });
    }
    const held = JSON.stringify(this.names().map((name) => [name, ...['draft', 'out'].map((kind) => this.outboxes.get(name).keep.all(kind))]));
    if (held !== this.held) this.changed(); // else nothing is drawn anew under a finger
    this.held = held;
  }

  names() {
    return kept(this.data.log, this.data.seat).filter((name) => !here(name));
  }

  notices(words, ended) {
    const names = this.names();
    const own = names.filter((name) => this.outboxes.has(name) && groupOf(name) === this.data.group);
    const elsewhere = new Set(names.map(groupOf).filter((group) => group !== this.data.group));
    return [...own.flatMap((name) => this.of(this.outboxes.get(name), words, ended)),
      ...[...elsewhere].sort().map((group) => h('p.notice', {}, say(words.elsewhere, { n: group })))];
  }

  of(outbox, words, ended) {
    const acts = (id, item, key) => (ended ? null : this.acts(outbox, words, id, item, key));
    const drafts = outbox.keep.all('draft').map((draft) => quoted(ended ? words.at_end : words.left, textOf(draft), acts(draft.id, draft.item, draft.key)));
    const given = outbox.keep.all('out').filter(textOf).map((item) => (item.state === 'refused'
      ? quoted(`${words.refused} ${item.why.join(' ')}`, textOf(item), acts(item.id, told(item))) : quoted(words.unsent, textOf(item))));
    return [...drafts, ...given];
  }

  // Given now, or thrown away: that is asked once more.
  acts(outbox, words, id, item, key = random()) {
    const asked = (answer) => { this.asking = answer; this.changed(); };
    const drop = () => { outbox.keep.drop('draft', id); outbox.take(id); this.changed(); };
    const give = () => { drop(); outbox.add({ ...item, id: key, fields: { ...item.fields, key } }); this.changed(); };
    if (this.asking === id) return [press('small.warn', words.discard, drop), ' ', press('small', words.no, () => asked(null))];
    return [item ? press('small', words.give_left, give) : null, ' ', press('small', words.discard, () => asked(id))];
  }
}

export const quoted = (why, text, acts = null) => h('p.notice.left', {}, `${why}：「`, h('span', {}, text), '」 ', acts);
const here = (name) => document.querySelector(`[data-keep="${name}"]`);
const press = (look, name, onclick) => h(`button.${look}`, { type: 'button', onclick }, name);
// Who was refused has been told what stands there by now.
const told = ({ fields: { before, ...fields }, ...item }) => ({ ...item, fields });
const textOf = (piece) => piece.text ?? piece.draft?.text;
const groupOf = (name) => parseInt(name.split('.')[1], 10);
