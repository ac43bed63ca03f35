// The survey on a phone: code, pages, receipt. What is answered stays on the device until the server has it.
import { fill, h, say } from './dom.js';
import { random } from './keep.js';
import { answered, grid, question, rows } from './survey_items.js';
import { Drawer } from './survey_keep.js';
import { ask, Sending } from './survey_post.js';

const LOOK_AGAIN = 15000;
const data = JSON.parse(document.getElementById('survey').textContent);
const at = (what) => `/s/${data.code}/${what}?k=${data.key}&lang=${data.language}`;

class Survey {
  constructor() {
    Object.assign(this, { words: data.words, now: data, said: '', shut: '', form: '', last: {} });
    this.root = document.querySelector('main');
    this.drawer = new Drawer(data.preview ? `preview ${data.code}` : data.code);
    this.me = data.preview ? { code: data.sample_code, typed: true } : this.drawer.get('me');
    this.sending = new Sending(at('answer'), (sheet, answer) => this.settled(sheet, answer), () => this.draw());
    const out = this.drawer.get('out');
    if (out?.key) { this.form = out.form; this.sending.send(out); }
    if (data.preview) this.begin(data.preview, 1); else this.draw();
    if (!data.preview) window.setInterval(() => this.look(), LOOK_AGAIN);
    document.addEventListener('visibilitychange', () => this.look());
    if (this.me && !data.preview) this.known(this.me.code);
  }

  // --- what the server says ----------------------------------------------------------------------------------------

  async look() {
    if (document.hidden || data.preview) return;
    const now = await ask(at('now'));
    if (!now?.ok || JSON.stringify(now.states) === JSON.stringify(this.now.states)) return;
    Object.assign(this.now, { states: now.states, forms: now.forms });
    if (!this.page) this.draw();
  }

  // Whether a code is one of this survey's, and which forms came in under it.
  async known(typed) {
    const answer = await ask(at('known'), { code: typed });
    if (!answer?.ok) return answer;
    this.me = { ...this.me, code: answer.code, got: answer.got, typed: answer.typed };
    if (!data.preview) this.drawer.put('me', this.me);
    if (!this.page) this.draw();
    return answer;
  }

  async settled(sheet, answer) {
    this.drawer.drop('out');
    if (answer.ok) {
      this.drawer.drop(place(sheet.code, sheet.form));
      this.said = '';
      this.shut = '';
      this.me = { ...this.me, code: sheet.code, got: { ...this.me?.got, [sheet.form]: answer.date } };
      this.drawer.put('me', this.me);
      this.form = sheet.form;
      this.page = 0;
      this.done = true;
    } else if (!this.now.forms[sheet.form]) this.shut = sheet.form;
    else {
      this.said = (answer.refused ?? []).join(' ');
      this.begin(sheet.form, this.refusedAt(sheet.form, answer.fields));
    }
    this.draw();
    window.scrollTo(0, 0);
  }

  refusedAt(form, fields = []) {
    const found = this.pages(form).findIndex((page) => page.items.some((item) => fields.includes(item.id)));
    return found < 0 ? this.draft(form).page || 1 : found + 1;
  }

  // --- drafts ------------------------------------------------------------------------------------------------------

  draft(form) {
    this.drafts ??= {};
    this.drafts[form] ??= this.drawer.get(place(this.me.code, form)) ?? { answers: {}, seen: [], page: 0, sure: '' };
    return this.drafts[form];
  }

  store() {
    const draft = Object.assign(this.draft(this.form), { page: this.page });
    if (!data.preview) this.drawer.put(place(this.me.code, this.form), draft);
  }

  // Who missed the form before is asked for the agency type first.
  pages(form) {
    const found = this.now.forms[form].pages;
    const asks = found.some((page) => page.items.some((item) => item.id === data.type_item.id));
    return asks || this.me?.typed ? found : [{ kind: 'questions', items: [data.type_item] }, ...found];
  }

  writes(form) {
    return this.now.forms[form].pages.some((page) => page.items.some((item) => item.type === 'text'));
  }

  own_type(form) {
    return this.draft(form).answers[data.type_item.id]?.[''] ?? this.me?.type;
  }

  // --- steps -------------------------------------------------------------------------------------------------------

  begin(form, page = 0) {
    this.form = form;
    this.page = page || this.draft(form).page || 1;
    this.done = false;
    this.store();
    this.draw();
    window.scrollTo(0, 0);
  }

  turn(to) {
    const draft = this.draft(this.form);
    if (!draft.seen.includes(this.page - 1)) draft.seen.push(this.page - 1);
    this.page = to;
    this.said = '';
    this.store();
    this.draw();
    window.scrollTo(0, 0);
  }

  open_questions(page) {
    const { answers } = this.draft(this.form);
    return page.kind === 'grid' ? [] : page.items.filter((item) => item.type !== 'text' && !answered(item, answers));
  }

  // A question left out is shown once; a second press goes on.
  next(page, last) {
    if (!this.now.forms[this.form]) return this.draw();
    const left = this.open_questions(page);
    if (left.length && this.shown !== this.page) {
      this.shown = this.page;
      this.hint.textContent = say(this.words.left, { n: left.length });
      for (const item of left) this.root.querySelector(`[data-item="${item.id}"]`).classList.add('left');
      this.root.querySelector('.q.left').scrollIntoView({ block: 'center', behavior: 'smooth' });
      return;
    }
    if (last) this.send(); else this.turn(this.page + 1);
  }

  async send() {
    if (data.preview || this.sending.sheet || this.checking) return;
    const { form } = this;
    const draft = this.draft(form);
    draft.seen.push(this.page - 1);
    const pages = this.pages(form);
    const answers = rows(pages, draft.answers, draft.seen, this.own_type(form), this.words.step);
    if (await this.found(pages, answers, draft)) return;
    const sheet = { form, code: this.me.code, key: random(), answers };
    const type = draft.answers[data.type_item.id]?.[''];
    this.me = { ...this.me, typed: this.me.typed || Boolean(type), type: type ?? this.me.type };
    this.last[form] = { ...draft, page: 0 };
    this.drawer.put('out', sheet);
    this.page = 0;
    this.sending.send(sheet);
    this.draw();
  }

  // Words that may tell who somebody is are shown to the writer once; nothing is blocked, and no line is no obstacle.
  async found(pages, answers, draft) {
    const texts = new Set(pages.flatMap((page) => page.items).filter((item) => item.type === 'text').map((item) => item.id));
    const said = answers.filter(([item]) => texts.has(item)).map(([item, , value]) => [item, value]);
    const same = JSON.stringify(said);
    if (!said.length || draft.sure === same) return false;
    this.checking = true;
    const answer = await ask(at('check'), { texts: said.map(([, value]) => value) });
    this.checking = false;
    const hits = (answer?.hits ?? []).flatMap((words, n) => (words.length ? [{ item: said[n][0], words }] : []));
    if (!hits.length) return false;
    draft.sure = same;
    this.store();
    this.hints = hits;
    this.draw();
    return true;
  }

  // Somebody else answers here: nothing of the one before stays.
  another() {
    this.drawer.empty();
    this.other_code();
  }

  // What was begun stays with the code it was begun under, and is there again under that code alone.
  other_code() {
    this.drawer.drop('me');
    Object.assign(this, { me: null, drafts: {}, last: {}, form: '', page: 0, done: false, said: '', shut: '' });
    this.draw();
  }

  // --- the picture -------------------------------------------------------------------------------------------------

  // A form that was closed while it was being answered has no pages any more; its answers stay on the phone, should it
  // be opened again.
  draw() {
    if (this.page && !this.now.forms[this.form]) Object.assign(this, { page: 0, shut: this.form });
    document.body.classList.toggle('answering', Boolean(this.page));
    fill(this.root, this.picture());
  }

  picture() {
    if (this.sending.sheet) return this.on_its_way();
    if (this.page) return this.sheet();
    const open = Object.keys(this.now.forms);
    if (!open.length) return this.nothing_open();
    if (!this.me) return this.welcome(open[0]);
    const form = open.includes(this.form) ? this.form : open.find((each) => !this.me.got?.[each]) ?? open[0];
    this.form = form;
    return this.me.got?.[form] ? this.receipt(form, open) : this.welcome(form);
  }

  head(text) {
    return [h('p.event', {}, data.title, data.date ? h('small', {}, ` ${data.date}`) : null, data.demo ? h('span.sample', {}, data.demo) : null), h('h1', {}, text)];
  }

  said_here() {
    const said = this.said || (this.shut && !this.now.forms[this.shut] ? this.words.shut : '');
    return said ? h('p.refusal', { role: 'alert' }, said) : null;
  }

  welcome(form) {
    const { words } = this;
    const { name, minutes, least, most } = this.now.forms[form];
    return h('section.card.welcome', {}, this.head(name),
      h('p.effort', {}, h('b', {}, say(words.minutes, { minutes })), ' ', say(this.writes(form) ? words.taps_and_text : words.taps, { least, most })),
      h('ul.promise', {}, words.promise.map((line) => h('li', {}, line))),
      h('details', {}, h('summary', {}, words.kept_title), h('dl', {}, words.kept.flatMap(([title, text]) => [h('dt', {}, title), h('dd', {}, text)]))),
      this.drawer.works ? null : h('p.notice', {}, words.no_storage),
      this.said_here(), this.me ? this.own_code(form) : this.code_choice());
  }

  own_code(form) {
    const { words } = this;
    const begun = this.draft(form).page;
    return h('div.code-is', {}, h('p', {}, words.your_code), h('p.code', { 'data-code': this.me.code }, spaced(this.me.code)),
      this.fresh ? h('p', {}, words.keep_code) : null,
      h('button.primary', { type: 'button', onclick: () => this.begin(form) }, begun ? words.go_on : words.begin),
      data.preview ? null : h('button.quiet', { type: 'button', onclick: () => this.other_code() }, words.other_code));
  }

  code_choice() {
    const { words } = this;
    const input = h('input', { type: 'text', 'aria-label': words.card_code, autocapitalize: 'characters', autocomplete: 'off', spellcheck: false, maxlength: 12, placeholder: 'AB-CD' });
    const problem = h('p.refusal', { role: 'alert', hidden: true });
    const told = (answer) => { problem.hidden = false; problem.textContent = answer ? answer.refused.join(' ') : words.no_line; };
    const enter = async () => {
      const answer = await this.known(input.value);
      if (!answer?.ok) told(answer);
    };
    const get = async (event) => {
      const button = event.currentTarget;
      button.disabled = true;
      this.asked ??= random();
      const answer = await ask(at('code'), { key: this.asked });
      button.disabled = false;
      if (!answer?.ok) return told(answer);
      this.fresh = true;
      this.me = { code: answer.code, got: {} };
      this.drawer.put('me', this.me);
      this.asked = null;
      this.draw();
    };
    // 229: in Safari the Enter that takes a word of an input method comes when the composition is over already.
    input.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.isComposing && event.keyCode !== 229) enter(); });
    return h('div.codes', {}, problem,
      h('div.with-card', {}, h('label', {}, h('b', {}, words.with_card), input), h('button.small', { type: 'button', onclick: enter }, words.enter)),
      h('div.no-card', {}, h('b', {}, words.no_card), h('button.primary', { type: 'button', onclick: get }, words.get_code)));
  }

  sheet() {
    const { words, form } = this;
    const pages = this.pages(form);
    this.page = Math.min(this.page, pages.length);
    const page = pages[this.page - 1];
    const draft = this.draft(form);
    const last = this.page === pages.length;
    const set = () => { this.hint.textContent = ''; for (const left of this.root.querySelectorAll('.q.left')) left.classList.remove('left'); this.store(); };
    const drawn = page.kind === 'grid' ? grid(page.items, draft.answers, words, set, this.own_type(form))
      : page.items.map((item) => question(item, draft.answers, words, set));
    this.hint = h('p.hint', { role: 'status' });
    return [
      h('header.progress', {}, h('p', {}, h('b', {}, this.now.forms[form].name), h('span', {}, `${this.page} / ${pages.length}`)),
        h('progress', { max: pages.length, value: this.page, 'aria-label': say(words.progress, { n: this.page, of: pages.length }) })),
      data.preview ? h('p.notice', {}, words.preview) : null,
      this.said_here(), h('div.questions', {}, drawn), last ? this.hits() : null,
      h('footer.turn', {}, this.hint,
        h('button.quiet', { type: 'button', onclick: () => (this.page > 1 ? this.turn(this.page - 1) : this.leave()) }, words.back),
        h('button.primary', { type: 'button', onclick: () => this.next(page, last) }, last ? words.send : words.next)),
    ];
  }

  leave() {
    this.store();
    this.page = 0;
    this.draw();
  }

  hits() {
    const { words } = this;
    if (!this.hints?.length) return null;
    const lines = this.hints.map(({ item, words: found }) => h('li', {}, `${this.named(item)}: `, found.map((word) => h('mark', {}, word))));
    return h('div.notice.hits', { role: 'alert' }, h('p', {}, words.hits), h('ul', {}, lines), h('p', {}, words.hits_how));
  }

  named(id) {
    const item = this.pages(this.form).flatMap((page) => page.items).find((each) => each.id === id);
    return item ? `${item.text.slice(0, 16)}…` : id;
  }

  on_its_way() {
    const { words } = this;
    return h('section.card.told', { role: 'status' }, this.head(words.sending),
      this.sending.tries ? h('p.notice', {}, words.unsent) : null, h('p', {}, words.sending_how));
  }

  receipt(form, open) {
    const { words, me } = this;
    const { name } = this.now.forms[form];
    const other = open.find((each) => !me.got[each]);
    return h('section.card.told.got', { role: 'status' }, this.head(`✓ ${words.got}`), this.said_here(),
      this.slip(name, me.got[form]), h('p', {}, words.got_again),
      other ? h('button.primary', { type: 'button', onclick: () => { this.form = other; this.draw(); } }, say(words.to_form, { name: this.now.forms[other].name })) : null,
      h('button.quiet', { type: 'button', onclick: () => this.again(form) }, words.again), this.next_person());
  }

  slip(name, date) {
    const { words, me } = this;
    return h('dl.slip', {}, [[words.slip_form, name], [words.slip_code, spaced(me.code)], [words.slip_date, date]].flatMap(([title, text]) => [h('dt', {}, title), h('dd', {}, text)]));
  }

  again(form) {
    this.drafts = { ...this.drafts, [form]: this.last[form] ?? { answers: {}, seen: [], page: 0, sure: '' } };
    this.begin(form, 1);
  }

  next_person() {
    return h('p.next-person', {}, h('button.link', { type: 'button', onclick: () => this.another() }, this.words.another));
  }

  nothing_open() {
    const { words } = this;
    const waiting = Object.entries(this.now.states).some(([form, state]) => state === 'waiting' && form !== 'follow'); // months later, nobody waits
    const got = Object.entries(this.me?.got ?? {}).map(([form, date]) => this.slip(data.names[form], date));
    return h('section.card.told', { role: 'status' }, this.head(waiting ? words.wait : words.closed), this.said_here(),
      h('p', {}, waiting ? words.wait_how : words.closed_how), got, this.me && waiting ? h('p', {}, words.keep_code) : null, this.me ? this.next_person() : null);
  }
}

const place = (code, form) => `draft ${code} ${form}`;
const spaced = (code) => `${code.slice(0, 2)}-${code.slice(2)}`;
new Survey();
