// Named text fields: what is typed stays on this device until the server has acknowledged it, and is sent when a field is
// left. data: {log, seat, token, keep, revision, words, limit, ended, common, fields: [field], more: [[group, [field]]]};
// field (with what `common` says of all): {id, label, hint, text, placeholder, verb, send, into, lines, family}. `send`
// are the verb's fixed fields, `into` is the one that carries the text; fields under `more` appear once they are chosen
// or hold something unsent.
import { boxes, Kept } from './boxes.js';
import './dress.js';
import { fill, fit, h, say } from './dom.js';
import { Keep, random } from './keep.js';
import { outbox } from './outbox.js';

const boards = new Map();

export default function ({ data, parentElement }) {
  const name = `${data.log} ${data.keep}`;
  if (!boards.has(name)) boards.set(name, new Fields(data));
  const board = boards.get(name);
  if (board.root.parentNode !== parentElement) parentElement.replaceChildren(board.root);
  board.update(data);
  return () => board.leave();
}

class Fields {
  constructor(data) {
    this.data = data;
    this.rows = new Map();
    this.keep = new Keep(data.log, data.keep);
    this.list = h('div.list');
    this.chooser = h('label.chooser');
    this.root = h('section.kaigi.text-fields', { 'data-keep': data.keep }, this.list, this.chooser);
    this.outbox = outbox(this.keep, data, (item) => this.settled(item));
    this.kept = new Kept(this.outbox, random);
    this.keep.adopt(() => this.adopted());
  }

  update(data) {
    this.data = data;
    this.outbox.token = data.token;
    this.root.classList.toggle('ended', Boolean(data.ended));
    this.choices();
    this.restore();
  }

  // The fields of the page, and those chosen here that hold something this device has not sent yet.
  restore() {
    const unsent = new Set([...this.keep.all('draft').map((draft) => draft.id), ...this.outbox.items.map((item) => item.field)]);
    for (const field of this.data.fields) this.show(field);
    for (const field of this.further()) if (unsent.has(field.id) || this.rows.has(field.id)) this.show(field);
    for (const row of this.rows.values()) this.fresh(row);
  }

  // What a closed tab left behind goes into fields in which nobody writes yet.
  adopted() {
    this.outbox.reload();
    this.restore();
    for (const { id, text, seen } of this.keep.all('draft')) {
      const row = this.rows.get(id);
      if (!row || this.dirty(row)) continue;
      row.input.value = text;
      row.seen = seen ?? row.seen;
      this.mark(row);
      this.hint(row);
    }
  }

  further() {
    const standing = new Set(this.data.fields.map((field) => field.id));
    return (this.data.more ?? []).flatMap(([, fields]) => fields).filter((field) => !standing.has(field.id));
  }

  // A new field goes to the end; those that stand are never moved, or the one being typed in would lose its focus.
  show(found) {
    const field = { hint: '', text: '', ...this.data.common, ...found };
    const known = this.rows.get(field.id);
    if (known) { known.field = field; return known; }
    const row = this.build(field);
    this.rows.set(field.id, row);
    this.list.append(row.node);
    return row;
  }

  build(field) {
    const set = { 'aria-label': field.label, placeholder: field.placeholder ?? '' };
    const long = field.lines > 1;
    const input = long ? h('textarea', { ...set, rows: field.lines }) : h('input', { ...set, type: 'text' });
    const state = h('span.mark', { role: 'status' });
    const row = { field, input, state, boxes: h('div.boxes') };
    const draft = this.keep.all('draft').find((each) => each.id === field.id);
    const given = this.last(field.id);
    row.seen = draft?.seen ?? given?.text ?? field.text;
    input.value = draft?.text ?? given?.text ?? field.text;
    input.addEventListener('input', () => { this.draft(row); this.mark(row); this.hint(row); });
    input.addEventListener('change', () => this.send(row));
    const parts = [h('b', {}, field.label), field.hint ? h('p.muted', {}, field.hint) : null, input, state];
    row.node = long ? h('div.text-field', {}, parts, row.boxes)
      : h('div.line-field', {}, h(`label.line.family-${field.family}`, {}, parts), row.boxes);
    return row;
  }

  last(id) {
    return this.outbox.items.filter((item) => item.field === id).at(-1);
  }

  // The words that stood in the field when the writing was begun (`seen`): new ones are sent together with them, so that
  // nothing is written over that came meanwhile. Who was refused has been told what stands there, and may send again.
  before(row) {
    return this.last(row.field.id)?.state === 'refused' ? row.field.text : row.seen;
  }

  dirty(row) {
    return row.input.value.trim() !== this.before(row).trim();
  }

  // What another device (or a facilitator) changed arrives where nobody is writing and nothing waits to be sent.
  fresh(row) {
    const last = this.last(row.field.id);
    if (last?.state === 'saved' && this.data.revision >= last.revision) this.outbox.take(last.id);
    const idle = document.activeElement !== row.input && !this.dirty(row) && !this.last(row.field.id);
    if (idle) row.input.value = row.seen = row.field.text;
    if (last?.state === 'saved' && last.text.trim() === row.field.text.trim()) row.saved = true;
    row.input.readOnly = Boolean(this.data.ended);
    this.hint(row);
    this.mark(row);
  }

  draft(row) {
    row.saved = false;
    const { field: { id }, input: { value: text }, seen } = row;
    if (this.dirty(row)) this.keep.put('draft', id, { id, text, seen, item: this.item(row), at: Date.now() });
    else this.keep.drop('draft', id);
  }

  // What is sent of a field, but for its key.
  item(row) {
    const { field, input: { value: text } } = row;
    return { verb: field.verb, fields: { ...field.send, [field.into]: text, before: this.before(row) }, field: field.id, text };
  }

  send(row) {
    const { field } = row;
    if (!this.dirty(row) || this.long(row)) return;
    const key = random();
    const item = this.item(row);
    for (const old of this.outbox.items.filter((each) => each.field === field.id && each.state === 'refused')) this.outbox.take(old.id);
    this.outbox.add({ ...item, id: key, fields: { ...item.fields, key } });
    this.keep.drop('draft', field.id);
    row.seen = row.input.value;
    this.mark(row);
  }

  // Drawn anew only where something changed: a box that is being pressed stays under the finger.
  hint(row) {
    const given = row.field.boxes ?? null;
    const shown = this.dirty(row) || this.last(row.field.id) ? null : given;
    const mark = JSON.stringify([shown, this.kept.has(shown), this.data.ended]);
    if (row.shown === mark) return;
    row.shown = mark;
    const rewrite = this.data.ended ? null : () => row.input.focus();
    fill(row.boxes, ...boxes(shown, this.kept.has(shown), rewrite, (words) => { this.kept.keep(words); this.hint(row); }));
  }

  settled(item) {
    if (this.kept?.settled(item)) return;
    const row = item && this.rows.get(item.field);
    if (row && item.state === 'saved') row.saved = true;
    for (const each of this.rows?.values() ?? []) { this.mark(each); this.hint(each); }
  }

  long(row) {
    return [...row.input.value.trim()].length > this.data.limit;
  }

  // The page takes the fields away: each of them is left.
  leave() {
    for (const row of this.rows.values()) this.send(row);
  }

  // What stands under a field: too long, not sent yet, refused, on its way, saved, or nothing.
  status(row) {
    const { words, limit } = this.data;
    const last = this.last(row.field.id);
    if (this.long(row)) return ['wrong', say(words.too_long, { n: [...row.input.value.trim()].length, most: limit })];
    if (last?.state === 'refused' && last.text.trim() === row.input.value.trim()) return ['refused', last.why.join(' ')];
    if (this.dirty(row)) return ['draft', row.field.lines > 1 ? (this.keep.works ? words.draft : words.no_storage) : ''];
    if (last?.state === 'unsent') return ['unsent', [words.unsent, ...(last.why ?? [])].join(' ')];
    if (last?.state === 'waiting') return ['sending', words.sending];
    return row.saved ? ['saved', `✓ ${words.saved}`] : ['', ''];
  }

  mark(row) {
    if (row.field.lines > 1) fit(row.input);
    const [kind, text] = this.status(row);
    const button = h('button.small', { type: 'button', onclick: () => this.send(row) }, this.data.words.save);
    row.state.className = `mark ${kind}`;
    fill(row.state, ['draft', 'refused'].includes(kind) && !this.data.ended ? button : null, text);
  }

  choices() {
    const more = this.data.ended ? [] : (this.data.more ?? []);
    const offered = JSON.stringify(more.map(([group, fields]) => [group, fields.map((field) => [field.id, field.label])]));
    if (this.offered === offered) return;
    this.offered = offered;
    const select = h('select', { onchange: () => this.choose(select) }, h('option', { value: '' }, this.data.words.choose), more.map(([group, fields]) =>
      h('optgroup', { label: group }, fields.map((field) => h('option', { value: field.id }, field.label)))));
    fill(this.chooser, more.length ? [h('b', {}, this.data.words.where), select] : null);
  }

  choose(select) {
    const field = this.further().find((each) => each.id === select.value);
    const row = field ? this.show(field) : this.rows.get(select.value);
    select.value = '';
    row?.input.focus();
  }
}
