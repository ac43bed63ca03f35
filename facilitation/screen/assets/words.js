// Small forms of one text and a few choices (next steps, notes on a map): kept on the device until acknowledged, sent
// like cards. data: {log, seat, token, words, form: {verb, id, fixed, choices: [{name, label, options}], text: {name,
// label, hint, limit}}, items: [{id, line, text, fields}], ended}.
import { boxes, Kept } from './boxes.js';
import './dress.js';
import { fill, fit, h, say } from './dom.js';
import { Keep, random } from './keep.js';
import { Outbox } from './outbox.js';

const forms = new Map();

export default function ({ data, parentElement }) {
  const name = `${data.log} ${data.seat} ${data.form.name}`;
  if (!forms.has(name)) forms.set(name, new Words(data));
  const form = forms.get(name);
  if (form.root.parentNode !== parentElement) parentElement.replaceChildren(form.root);
  form.data = data;
  form.outbox.token = data.token;
  form.draw();
}

class Words {
  constructor(data) {
    this.data = data;
    this.keep = new Keep(data.log, `${data.seat}-${data.form.name}`);
    this.area = h('textarea', { rows: 2, placeholder: data.form.text.hint, 'aria-label': data.form.text.label });
    this.area.addEventListener('input', () => { this.draft.text = this.area.value; this.store(); this.drawState(); });
    this.parts = { choices: h('div.choices'), state: h('div.state'), list: h('div.ours') };
    this.root = h('section.kaigi.writer.words', {}, this.parts.choices,
      h('label.field', {}, h('span.name', {}, data.form.text.label), this.area), this.parts.state, this.parts.list);
    this.outbox = new Outbox(this.keep, data.log, data.seat, data.token, (item) => this.sent(item));
    this.kept = new Kept(this.outbox, random);
    this.take(this.parked() ?? this.blank());
    this.keep.adopt(() => { this.outbox.reload(); if (!this.draft.text.trim()) this.take(this.parked() ?? this.draft); });
  }

  // What was begun and not sent: before a reload, in a tab that was closed, or before another text was taken up.
  parked() {
    return this.keep.all('draft').at(-1);
  }

  blank() {
    return { id: random(), key: random(), text: '', fields: { ...(this.draft?.fields ?? {}) }, editing: false };
  }

  take(draft) {
    this.draft = draft;
    this.area.value = draft.text;
    this.draw();
  }

  store() {
    if (this.draft.text.trim()) this.keep.put('draft', this.draft.id, { ...this.draft, at: Date.now() });
    else this.keep.drop('draft', this.draft.id);
  }

  send() {
    const { form, words } = this.data;
    const open = form.choices.find((choice) => !this.draft.fields[choice.name]);
    const long = [...this.draft.text].length > form.text.limit;
    this.wrong = open ? `${open.label}：${words.choose}` : !this.draft.text.trim() ? words.need
      : long ? say(words.too_long, { n: [...this.draft.text].length, most: form.text.limit }) : null;
    if (!this.wrong) {
      this.post(this.draft, this.draft.text);
      this.keep.drop('draft', this.draft.id);
      this.take(this.parked() ?? this.blank());
    }
    this.draw();
  }

  post(draft, text) {
    const { form } = this.data;
    const fields = { ...form.fixed, ...draft.fields, [form.id]: draft.id, [form.text.name]: text, key: draft.key };
    this.outbox.add({ id: draft.key, verb: form.verb, fields, draft: { ...draft, text } });
  }

  sent(item) {
    if (this.kept?.settled(item)) return;
    if (item?.state === 'saved') this.saved = item;
    if (item?.state === 'refused' && !this.draft.text.trim()) {
      this.outbox.take(item.id);
      this.wrong = item.why.join(' ');
      this.take({ ...item.draft, key: random() });
      this.store();
    }
    this.draw();
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
    fill(this.parts.list, data.items.map((item) => h('article.card.statement', {}, h('p.muted', {}, item.line), h('p', {}, item.text), ...this.hints(item),
      data.ended ? null : h('p.acts', {}, h('button.small', { type: 'button', onclick: () => this.edit(item) }, data.words.edit), ' ',
        h('button.small', { type: 'button', onclick: () => this.post({ ...item, key: random() }, '') }, data.words.withdraw)))));
  }

  hints(item) {
    const rewrite = this.data.ended ? null : () => this.edit(item);
    return boxes(item.boxes, this.kept.has(item.boxes), rewrite, (given) => { this.kept.keep(given); this.draw(); });
  }

  edit(item) {
    this.store();
    this.take({ id: item.id, key: random(), text: item.text, fields: { ...item.fields }, editing: true });
    this.area.focus();
  }
}
