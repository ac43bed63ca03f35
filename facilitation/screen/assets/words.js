// Small forms of one text and a few choices (next steps, notes on a map): kept on the device until acknowledged, sent
// like cards. data: {log, seat, token, words, form: {verb, id, fixed, choices: [{name, label, options}], text: {name,
// label, hint, limit}}, items: [{id, line, text, fields}], ended}.
import { boxes, Kept } from './boxes.js';
import './dress.js';
import { fill, fit, h, say } from './dom.js';
import { Keep, random } from './keep.js';
import { outbox } from './outbox.js';

const forms = new Map();

export default function ({ data, parentElement }) {
  const name = `${data.log} ${data.keep} ${data.form.name}`;
  if (!forms.has(name)) forms.set(name, new Words(data));
  const form = forms.get(name);
  const back = form.root.parentNode !== parentElement;
  if (back) parentElement.replaceChildren(form.root);
  form.data = data;
  form.outbox.token = data.token;
  if (back) form.back();
  form.draw();
}

class Words {
  constructor(data) {
    this.data = data;
    const name = `${data.keep}-${data.form.name}`;
    this.keep = new Keep(data.log, name);
    this.area = h('textarea', { rows: 2, placeholder: data.form.text.hint, 'aria-label': data.form.text.label });
    this.area.addEventListener('input', () => { this.draft.text = this.area.value; this.store(); this.drawState(); });
    this.parts = { choices: h('div.choices'), state: h('div.state'), list: h('div.ours') };
    this.root = h('section.kaigi.writer.words', { 'data-keep': name }, this.parts.choices,
      h('label.field', {}, h('span.name', {}, data.form.text.label), this.area), this.parts.state, this.parts.list);
    this.outbox = outbox(this.keep, data, (item) => this.sent(item));
    this.kept = new Kept(this.outbox, random);
    this.take(this.parked() ?? this.blank());
    this.keep.adopt(() => { this.outbox.reload(); if (!this.draft.text.trim()) this.take(this.parked() ?? this.draft); });
  }

  // What was begun and not sent: before a reload, in a tab that was closed, or before another text was taken up.
  parked() {
    return this.keep.all('draft').at(-1);
  }

  // The form was away: its words may have been given meanwhile (`left.js`).
  back() {
    const kept = this.keep.all('draft').some((draft) => draft.id === this.draft.id);
    if (this.keep.works && !kept) this.take(this.parked() ?? this.blank());
  }

  blank() {
    return { id: random(), key: random(), text: '', before: '', fields: { ...(this.draft?.fields ?? {}) }, editing: false };
  }

  take(draft) {
    this.draft = draft;
    this.area.value = draft.text;
    this.draw();
  }

  store() {
    const item = this.open() ? null : this.item(this.draft);
    if (this.draft.text.trim()) this.keep.put('draft', this.draft.id, { ...this.draft, item, at: Date.now() });
    else this.keep.drop('draft', this.draft.id);
  }

  open() {
    return this.data.form.choices.find((choice) => !this.draft.fields[choice.name]);
  }

  // What is sent of a draft, but for its key.
  item({ id, key, text, before, fields, editing }) {
    const { form } = this.data;
    const draft = { id, key, text, before, fields, editing };
    return { verb: form.verb, fields: { ...form.fixed, ...fields, [form.id]: id, [form.text.name]: text, before }, draft };
  }

  send() {
    const { form, words } = this.data;
    const open = this.open();
    const long = [...this.draft.text].length > form.text.limit;
    this.wrong = open ? `${open.label}：${words.choose}` : !this.draft.text.trim() ? words.need
      : long ? say(words.too_long, { n: [...this.draft.text].length, most: form.text.limit }) : null;
    if (!this.wrong) {
      this.post(this.draft);
      this.keep.drop('draft', this.draft.id);
      this.take(this.parked() ?? this.blank());
    }
    this.draw();
  }

  post(draft) {
    const item = this.item(draft);
    this.outbox.add({ ...item, id: draft.key, fields: { ...item.fields, key: draft.key } });
  }

  sent(item) {
    if (this.kept?.settled(item)) return;
    if (item?.state === 'saved') this.saved = item;
    if (item?.state === 'refused' && !item.draft.text) this.refused(item); // it was not taken back: it stands there still
    else if (item?.state === 'refused' && this.root.isConnected && !this.draft.text.trim()) this.mend(item);
    else this.draw();
  }

  refused(item) {
    this.outbox.take(item.id);
    this.wrong = item.why.join(' ');
    this.draw();
  }

  mend(item) {
    this.store();
    this.take({ ...item.draft, key: random(), before: this.standing(item.draft.id) });
    this.store();
    this.refused(item);
  }

  draw() {
    if (!this.draft) return;
    const { form, ended } = this.data;
    this.root.classList.toggle('ended', Boolean(ended));
    fill(this.parts.choices, form.choices.map((choice) => h('div', {}, h('p.label', {}, choice.label), h('div.chips', {},
      choice.options.map((option) => h(`button.chip.family-${option.family}`, { type: 'button',
        'aria-pressed': String(this.draft.fields[choice.name] === option.code),
        onclick: () => { this.draft.fields[choice.name] = option.code; this.store(); this.draw(); } }, option.name))))));
    this.drawState();
    this.drawList();
  }

  drawState() {
    const { words } = this.data;
    fit(this.area);
    const unsent = this.outbox?.items.find((item) => item.state === 'unsent');
    const waiting = this.outbox?.items.some((item) => item.state === 'waiting');
    const mark = unsent ? h('span.unsent', { role: 'status' }, [words.unsent, ...(unsent.why ?? [])].join(' ')) : waiting ? h('span.sending', { role: 'status' }, words.sending)
      : this.wrong ? h('span.wrong', { role: 'alert' }, this.wrong) : this.saved ? h('span.saved', { role: 'status' }, `✓ ${words.saved}`) : null;
    fill(this.parts.state, h('button.quiet.give', { type: 'button', onclick: () => this.send() }, words.give), mark);
  }

  drawList() {
    const { data } = this;
    const pending = (this.outbox?.items ?? []).filter((item) => item.draft?.text && ['unsent', 'refused'].includes(item.state));
    fill(this.parts.list, pending.map((item) => this.pending(item)), data.items.map((item) => h('article.card.statement', {}, h('p.muted', {}, item.line), h('p', {}, item.text), ...this.hints(item),
      data.ended ? null : h('p.acts', {}, h('button.small', { type: 'button', onclick: () => this.edit(item) }, data.words.edit), ' ',
        h('button.small', { type: 'button', onclick: () => this.post({ ...item, key: random(), text: '', before: item.text }) }, data.words.withdraw)))));
  }

  standing(id) {
    return this.data.items.find((item) => item.id === id)?.text ?? '';
  }

  // What was given and did not arrive stays in sight; what was refused can be put right.
  pending(item) {
    const { words } = this.data;
    const said = h(`span.${item.state}`, {}, item.state === 'refused' ? `${words.refused} ${item.why.join(' ')}` : words.unsent);
    const mend = item.state === 'refused' ? h('button.small', { type: 'button', onclick: () => this.mend(item) }, words.edit) : null;
    return h('article.card.statement', {}, h('p', {}, item.draft.text), h('p', {}, said, ' ', mend));
  }

  hints(item) {
    const rewrite = this.data.ended ? null : () => this.edit(item);
    return boxes(item.boxes, this.kept.has(item.boxes), rewrite, (given) => { this.kept.keep(given); this.draw(); });
  }

  // What was begun of a text and not given is taken up again, never written over.
  edit(item) {
    this.store();
    const begun = this.keep.all('draft').find((draft) => draft.id === item.id);
    this.take(begun ?? { id: item.id, key: random(), text: item.text, before: item.text, fields: { ...item.fields }, editing: true });
    this.area.focus();
  }
}
