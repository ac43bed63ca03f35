// The card form of a table: three fields, the speaker one tap away, a draft that stays on this device until the server
// has acknowledged it. The texts are never touched from outside, so a composition under an IME is left alone.
import { boxes, Kept } from './boxes.js';
import './dress.js';
import { fill, fit, h, say } from './dom.js';
import { part } from './fresh.js';
import { Keep, random } from './keep.js';
import { Left, quoted } from './left.js';
import { outbox } from './outbox.js';

const FIELDS = ['can', 'hard', 'help'];
const TWICE = 1500; // ms: a tap on the empty form so soon after sending asks for nothing
const forms = new Map();

export default function ({ data, parentElement }) {
  const name = `${data.log} ${data.keep}`;
  if (!forms.has(name)) forms.set(name, new Form(data));
  const form = forms.get(name);
  if (form.root.parentNode !== parentElement) parentElement.replaceChildren(form.root);
  form.update(data);
  part('form', (fresh) => form.root.isConnected && (form.update({ ...form.data, ...fresh }), true), data.at);
}

class Form {
  constructor(data) {
    this.data = data;
    this.words = data.words;
    this.keep = new Keep(data.log, data.keep);
    this.said = null;
    this.build();
    this.outbox = outbox(this.keep, data, (item) => this.sent(item));
    this.kept = new Kept(this.outbox, random);
    this.left = new Left(data, (item) => this.leftSent(item));
    this.restore();
    this.keep.adopt(() => { this.outbox.reload(); if (empty(this.draft)) this.restore(); this.draw(); });
  }

  update(data) {
    this.data = data;
    this.words = data.words;
    this.outbox.token = data.token;
    this.left.look(data);
    if (empty(this.draft) && !this.draft.base && this.draft.scene !== data.scene) { this.calm(); this.start(); }
    this.draw();
  }

  // --- the draft ---------------------------------------------------------------------------------------------------

  start(from = {}) {
    const scene = from.scene ?? this.data.scene;
    const stage = this.data.scenes.find((each) => each.n === scene)?.stage ?? 'S1';
    const type = this.data.types.length === 1 ? this.data.types[0].code : this.draft?.type ?? '';
    this.draft = { card: random(), key: random(), base: 0, scene, type, stage, tracks: [], acts: [], consent: false, can: '',
      hard: '', help: '', reason: '', help_code: '', handover: '', to: '', ...from };
    this.show();
  }

  restore() {
    const kept = this.keep.all('draft').filter((draft) => !empty(draft));
    if (kept.length) { this.draft = kept.at(-1); this.show(); } else this.start();
  }

  store() {
    if (empty(this.draft)) this.keep.drop('draft', this.draft.card);
    else this.keep.put('draft', this.draft.card, { ...this.draft, at: Date.now() });
  }

  parked() {
    return this.keep.all('draft').filter((draft) => draft.card !== this.draft.card && !empty(draft));
  }

  resume(draft) {
    this.store();
    this.draft = draft;
    this.store();
    this.show();
    this.draw();
  }

  // What was wrong is being put right.
  calm() {
    if (this.said?.wrong) this.said = null;
  }

  set(name, value) {
    this.calm();
    this.draft[name] = value;
    this.store();
    this.draw();
  }

  toggle(name, code) {
    const has = this.draft[name].includes(code);
    this.set(name, has ? this.draft[name].filter((each) => each !== code) : [...this.draft[name], code]);
  }

  // --- sending -----------------------------------------------------------------------------------------------------

  send() {
    if (empty(this.draft) && performance.now() - this.sentAt < TWICE) return; // the second tap of two: the first has sent it all
    const problem = this.problem();
    if (problem) { this.said = { wrong: problem }; this.draw(); return; }
    const { card, key, base, at, ...fields } = this.draft;
    this.outbox.add({ id: key, verb: 'write_card', fields: { card, base, key, fields }, draft: { ...this.draft } });
    this.keep.drop('draft', card);
    this.said = null;
    this.sentAt = performance.now();
    this.start();
    this.draw();
    this.text.can.focus({ preventScroll: true });
  }

  problem() {
    const { draft, words } = this;
    if (!draft.type) return words.need_type;
    if (!FIELDS.some((name) => draft[name].trim())) return words.need_text;
    const long = FIELDS.find((name) => [...draft[name]].length > this.data.limit);
    return long ? say(words.too_long, { n: [...draft[long]].length, most: this.data.limit }) : null;
  }

  sent(item) {
    if (this.kept?.settled(item)) return;
    if (item?.state === 'saved') this.said = { saved: item };
    if (item?.state === 'refused' && item.draft && empty(this.draft)) this.mend(item);
    else this.draw();
  }

  // Words of a form that is not here any more.
  leftSent(item) {
    if (item?.state === 'saved') this.said = { saved: item };
    this.drawNotices();
    this.drawState();
  }

  mend(item) {
    this.outbox.take(item.id);
    this.said = { wrong: item.why.join(' ') };
    this.resume(item.draft);
  }

  // What was begun of a card and not sent is taken up again, never written over.
  edit(card) {
    const begun = this.keep.all('draft').find((draft) => draft.card === card.id);
    if (begun) this.resume(begun);
    else { this.store(); this.start({ ...card, card: card.id, base: card.revision, key: random() }); }
    this.root.scrollIntoView({ block: 'start', behavior: 'smooth' });
    this.draw();
  }

  withdraw(card) {
    this.asking = null;
    this.outbox.add({ id: random(), verb: 'withdraw_card', fields: { card: card.id, base: card.revision, key: random() } });
  }

  ready(on) {
    this.outbox.add({ id: random(), verb: 'set_ready', fields: { ready: on } });
  }

  // --- the picture -------------------------------------------------------------------------------------------------

  build() {
    const { words } = this;
    this.text = {};
    this.parts = {};
    const part = (name, tag) => (this.parts[name] = h(tag));
    const field = (name) => {
      const area = h('textarea', { rows: 4, placeholder: words[`${name}_hint`], 'aria-label': words[name], 'data-field': name });
      area.addEventListener('input', () => { this.draft[name] = area.value; this.calm(); this.store(); this.drawSmall(); });
      this.text[name] = area;
      return h(`label.field.${name}`, {}, h('span.name', {}, words[name]), area, part(`below-${name}`, 'div.below'));
    };
    this.root = h('section.kaigi.writer', { 'data-keep': this.data.keep },
      part('notice', 'div.notices'),
      h('p.label', {}, words.who), part('types', 'div.chips'),
      h('div.fields', {}, FIELDS.map(field)),
      part('link', 'div.link'),
      h('div.bar', {}, part('stage', 'div.stage'), part('more', 'div.more-parts'), part('tracks', 'div.tracks'), part('send', 'div.send')),
      part('state', 'div.state'), part('list', 'div.ours'));
    this.root.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) this.send();
    });
  }

  // The draft as it stands, into the fields: only when a draft is taken up, never while one is being written.
  show() {
    for (const name of FIELDS) this.text[name].value = this.draft[name];
  }

  draw() {
    if (!this.draft) return;
    this.root.classList.toggle('ended', this.data.ended);
    this.root.hidden = !this.data.scenes.length;
    this.drawNotices();
    this.drawTypes();
    this.drawLink();
    this.drawBar();
    this.drawSmall();
    this.drawList();
  }

  drawSmall() {
    this.drawBelow();
    this.drawState();
  }

  drawNotices() {
    const { words, data, draft } = this;
    if (data.ended) {
      const begun = this.keep.all('draft').filter((each) => !empty(each));
      fill(this.parts.notice, begun.map((each) => quoted(words.at_end, FIELDS.map((name) => each[name]).filter(Boolean).join(' / '))), this.left.notices(words, true));
      return;
    }
    const scene = (n) => data.scenes.find((each) => each.n === n);
    const notices = [];
    if (!this.keep.works) notices.push(h('p.notice.warn', {}, words.no_storage));
    if (draft.scene !== data.scene && scene(data.scene)) {
      notices.push(h('p.notice', {}, say(words.scene_opened, scene(data.scene)), ' ',
        h('button.small', { type: 'button', onclick: () => { this.store(); this.start(); this.draw(); } }, say(words.to_scene, scene(data.scene)))));
    }
    if (scene(draft.scene) && data.scenes.length > 1) {
      notices.push(h('p.for', {}, say(words.for_scene, scene(draft.scene)), ' ', this.sceneChoice()));
    }
    for (const kept of this.parked()) {
      notices.push(h('p.notice', {}, `${words.drafts}: ${FIELDS.map((name) => kept[name]).find(Boolean).slice(0, 24)}… `,
        h('button.small', { type: 'button', onclick: () => this.resume(kept) }, words.resume)));
    }
    fill(this.parts.notice, notices, this.left.notices(words, false));
  }

  sceneChoice() {
    const choice = h('select', { 'aria-label': this.words.for_scene, onchange: () => this.set('scene', Number(choice.value)) },
      this.data.scenes.map((each) => h('option', { value: each.n, selected: each.n === this.draft.scene }, `${each.place}　${each.title}`)));
    return choice;
  }

  drawTypes() {
    const { data, draft, words } = this;
    const chip = (type) => h(`button.chip.family-${type.family}`, { type: 'button', 'aria-pressed': String(type.code === draft.type),
      onclick: () => this.set('type', type.code) }, type.name);
    const more = data.others.find((type) => type.code === draft.type);
    const others = data.others.filter((type) => type !== more);
    fill(this.parts.types, data.types.map(chip), more ? chip(more) : null,
      others.length ? h('details.more', {}, h('summary', {}, words.more_types), h('div.chips', {}, others.map(chip))) : null);
  }

  drawBelow() {
    const { draft, data, words } = this;
    for (const name of FIELDS) {
      fit(this.text[name]);
      const length = [...draft[name]].length;
      const text = length > data.limit ? say(words.too_long, { n: length, most: data.limit })
        : length > data.advised ? say(words.long, { n: length, most: data.advised }) : null;
      const choice = name === 'hard' ? this.choice('reason', data.reasons) : name === 'help' ? this.choice('help_code', data.helps) : null;
      const wanted = `${text ?? ''}|${Boolean(draft[name])}|${draft.reason}|${draft.help_code}`;
      if (this.parts[`below-${name}`].dataset.shown === wanted) continue;
      this.parts[`below-${name}`].dataset.shown = wanted;
      fill(this.parts[`below-${name}`], text ? h('small', {}, text) : null, choice);
    }
  }

  choice(name, options) {
    const select = h('select', { 'aria-label': this.words[name], onchange: () => this.set(name, select.value) },
      h('option', { value: '' }, this.words[name]),
      options.map((each) => h('option', { value: each.code, selected: each.code === this.draft[name] }, each.name)));
    return select;
  }

  drawLink() {
    const { draft, data, words } = this;
    const open = draft.link || draft.handover || draft.to;
    fill(this.parts.more, open ? null : h('button.quiet', { type: 'button', onclick: () => this.set('link', true) }, `＋ ${words.link}`));
    if (!open) { fill(this.parts.link); return; }
    const kind = data.handovers.find((each) => each.code === draft.handover);
    const chip = (name, each) => h(each.family ? `button.chip.family-${each.family}` : "button.chip", { type: 'button',
      'aria-pressed': String(draft[name] === each.code), onclick: () => this.set(name, draft[name] === each.code ? '' : each.code) }, each.name);
    const tick = h('input', { type: 'checkbox', checked: draft.consent, onchange: () => this.set('consent', tick.checked) });
    const others = [...data.types, ...data.others].filter((type) => type.code !== draft.type);
    fill(this.parts.link,
      h('div.chips', {}, h('span.label', {}, words.to), others.map((type) => chip('to', type))),
      h('div.chips', {}, h('span.label', {}, words.how), data.handovers.map((each) => chip('handover', each))),
      h('div.chips', {}, kind?.consent ? h('label.consent', {}, tick, ' ', words.consent) : null,
        data.acts.map((act) => h('button.chip.act', { type: 'button', 'aria-pressed': String(draft.acts.includes(act.code)),
          onclick: () => this.toggle('acts', act.code) }, act.name)),
        h('button.quiet', { type: 'button', onclick: () => this.unlink() }, words.link_off)));
  }

  unlink() {
    Object.assign(this.draft, { link: false, handover: '', to: '', consent: false, acts: [] });
    this.store();
    this.draw();
  }

  drawBar() {
    const { draft, data, words } = this;
    const stage = h('select', { 'aria-label': words.stage, onchange: () => this.set('stage', stage.value) },
      data.stages.map((each) => h('option', { value: each.code, selected: each.code === draft.stage }, each.name)));
    fill(this.parts.stage, h('span.label', {}, words.stage), stage);
    fill(this.parts.tracks, h('details', { open: this.tracksOpen, ontoggle: (e) => { this.tracksOpen = e.target.open; } },
      h('summary', {}, draft.tracks.length ? data.tracks.filter((t) => draft.tracks.includes(t.code)).map((t) => t.name).join('・') : words.tracks),
      h('div.chips', {}, data.tracks.map((track) => h('button.chip', { type: 'button', 'aria-pressed': String(draft.tracks.includes(track.code)),
        onclick: () => this.toggle('tracks', track.code) }, track.name)))));
    fill(this.parts.send,
      draft.base ? h('button.quiet', { type: 'button', onclick: () => { this.keep.drop('draft', draft.card); this.start(); this.draw(); } }, words.cancel_edit) : null,
      h('button.primary', { type: 'button', disabled: data.ended, onclick: () => this.send() }, draft.base ? words.resend : words.send));
  }

  drawState() {
    const { words, said } = this;
    const unsent = this.outbox?.items.filter((item) => item.state === 'unsent') ?? [];
    const waiting = this.outbox?.items.some((item) => item.state === 'waiting');
    const marks = [];
    if (unsent.length) marks.push(h('span.unsent', { role: 'status' }, words.unsent, unsent[0].why ? ` ${unsent[0].why.join(' ')}` : ''));
    else if (waiting) marks.push(h('span.sending', { role: 'status' }, words.sending));
    else if (said?.saved) marks.push(h('span.saved', { role: 'status' }, `✓ ${words.saved}　${clock(said.saved.saved)}　`, say(words.saved_revision, { n: said.saved.revision })));
    if (said?.wrong) marks.push(h('span.wrong', { role: 'alert' }, said.wrong));
    const asked = this.data.ended ? [] : this.data.cards.filter((card) => card.boxes?.ask && !this.kept.has(card.boxes));
    if (asked.length) marks.push(h('button.small.look-below', { type: 'button', onclick: () => this.lookAt(asked.at(-1)) }, say(words.to_check, { n: asked.length })));
    const on = this.data.ready;
    if (!this.data.ended) marks.push(h('button.quiet.ready', { type: 'button', 'aria-pressed': String(on), onclick: () => this.ready(!on) }, on ? words.ready_off : words.ready));
    fill(this.parts.state, marks);
  }

  // The box may lie below the edge of a tablet: a mark beside "saved" leads there.
  lookAt(card) {
    this.parts.list.querySelector(`[data-card="${card.id}"]`)?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  }

  drawList() {
    const { words, data } = this;
    const stored = new Map(data.cards.map((card) => [card.id, card]));
    this.outbox.items = this.outbox.items.filter((item) => item.state !== 'saved' || (item.draft && !arrived(item, stored)));
    const pending = this.outbox.items.filter((item) => item.draft).map((item) => this.pendingCard(item));
    const settled = data.cards.filter((card) => !this.outbox.items.some((item) => item.draft?.card === card.id)).reverse();
    const cards = versions(settled).map((all) => (all.length > 1 ? h('div.beside', {}, all.map((card) => this.card(card))) : this.card(all[0])));
    fill(this.parts.list, h('h2', {}, words.ours, ' ', h('span.muted', {}, say(words.count, { n: data.cards.length }))),
      pending.reverse(), cards.length || pending.length ? cards : h('p.empty', {}, words.none));
  }

  pendingCard(item) {
    const state = { waiting: this.words.sending, unsent: this.words.unsent, refused: this.words.refused, saved: `✓ ${this.words.saved}` }[item.state];
    const mend = item.state === 'refused' ? h('button.small', { type: 'button', onclick: () => this.mend(item) }, this.words.edit) : null;
    return this.article(item.draft, h('p', {}, h(`span.${item.state === 'waiting' ? 'sending' : item.state}`, {}, state, item.state === 'refused' ? ` ${item.why.join(' ')}` : ''), ' ', mend));
  }

  card(card) {
    const { words } = this;
    let foot = null;
    if (!this.data.ended && this.asking === card.id) {
      foot = h('p.acts', {}, words.withdraw_ask, ' ', h('button.small.warn', { type: 'button', onclick: () => this.withdraw(card) }, words.yes), ' ',
        h('button.small', { type: 'button', onclick: () => { this.asking = null; this.draw(); } }, words.no));
    } else if (!this.data.ended) {
      foot = h('p.acts', {}, h('button.small', { type: 'button', onclick: () => this.edit(card) }, words.edit), ' ',
        h('button.small', { type: 'button', onclick: () => { this.asking = card.id; this.draw(); } }, words.withdraw));
    }
    const open = !this.data.ended;
    const hints = boxes(card.boxes, this.kept.has(card.boxes), open ? () => this.edit(card) : null, (given) => { this.kept.keep(given); this.draw(); });
    return this.article(card, card.beside ? h('p.muted', {}, words.beside) : null, card.hidden ? h('p.muted', {}, words.hidden) : null, ...hints, foot);
  }

  article(card, ...foot) {
    const { data, words } = this;
    const type = [...data.types, ...data.others].find((each) => each.code === card.type);
    const to = [...data.types, ...data.others].find((each) => each.code === card.to)?.name;
    const how = data.handovers.find((each) => each.code === card.handover)?.name;
    const stage = data.stages.find((each) => each.code === card.stage)?.name;
    const head = [data.scenes.find((each) => each.n === card.scene)?.place, type?.name, stage, to ? `→ ${to}（${how ?? ''}）` : null];
    return h(`article.card.statement.family-${type?.family}`, { 'data-card': card.id ?? card.card },
      h('p.muted', {}, head.filter(Boolean).join(' ・ ')),
      FIELDS.filter((name) => card[name]).map((name) => h(`p.${name}`, {}, h('b', {}, words[name]), ' ', card[name])), foot);
  }
}

function empty(draft) {
  return !draft || !FIELDS.some((name) => draft[name]?.trim());
}

// Cards in their order, each with the versions of it that others wrote at the same moment: whatever comes after them,
// they stay beside each other.
function versions(cards) {
  const first = (card) => { const other = cards.find((each) => each.id === card.beside); return other ? first(other) : card.id; };
  const found = new Map();
  for (const card of cards) found.set(first(card), [...(found.get(first(card)) ?? []), card]);
  return [...found.values()];
}

function arrived(item, stored) {
  const own = (card) => card.id === item.draft.card || card.beside === item.draft.card;
  return [...stored.values()].some((card) => own(card) && card.revision >= item.revision);
}

function clock(at) {
  const time = at ? new Date(at) : new Date();
  return `${time.getHours()}:${String(time.getMinutes()).padStart(2, '0')}`;
}
