// The questions of a form: each builds its own piece of page and says through `set` what was answered. Nothing is drawn
// anew while somebody writes: a press changes the marks of its own question alone.
import { fit, h, say } from './dom.js';

// answers: {item: {option: value}}
export function question(item, answers, words, set) {
  const own = (answers[item.id] ??= {});
  const draw = { likert5: likert, single, multi, text }[item.type];
  return h('section.q', { 'data-item': item.id }, h('h2', {}, item.text), draw(item, own, words, set));
}

export function answered(item, answers) {
  const own = answers[item.id] ?? {};
  return item.type === 'multi' ? Object.values(own).some(Boolean) : own[''] !== undefined && own[''] !== '';
}

function likert(item, own, words, set) {
  const buttons = new Map();
  const choose = (value) => {
    own[''] = own[''] === value ? undefined : value;
    mark(buttons, own['']);
    set();
  };
  const button = (value, label) => {
    const made = h(value ? 'button.rung' : 'button.none', { type: 'button', role: 'radio', onclick: () => choose(value) }, h('span', {}, label));
    buttons.set(value, made);
    return made;
  };
  const row = h('div.likert', { role: 'radiogroup', 'aria-label': item.text }, [5, 4, 3, 2, 1].map((value) => button(value, words.levels[value])), button(0, words.levels[0]));
  mark(buttons, own['']);
  return row;
}

function single(item, own, words, set) {
  const buttons = new Map();
  const choose = (code) => {
    own[''] = own[''] === code ? undefined : code;
    mark(buttons, own['']);
    set();
  };
  const rows = h('div.options', { role: 'radiogroup', 'aria-label': item.text }, folded(item, own, words, (option) => {
    const made = h('button.option', { type: 'button', role: 'radio', onclick: () => choose(option.code) }, label(option));
    buttons.set(option.code, made);
    return made;
  }));
  mark(buttons, own['']);
  return rows;
}

function multi(item, own, words, set) {
  const buttons = new Map();
  const show = () => { for (const [code, button] of buttons) button.setAttribute('aria-checked', String(Boolean(own[code]))); };
  const choose = (option) => {
    const on = own[option.code] ? 0 : 1;
    for (const other of item.options) if (on && (option.alone || other.alone)) own[other.code] = 0;
    own[option.code] = on;
    show();
    set();
  };
  const rows = h('div.options', { role: 'group', 'aria-label': item.text }, h('p.how', {}, words.several), folded(item, own, words, (option) => {
    const made = h('button.option.many', { type: 'button', role: 'checkbox', onclick: () => choose(option) }, label(option));
    buttons.set(option.code, made);
    return made;
  }));
  show();
  return rows;
}

// Options that are rarely meant stand under a fold; open where one of them was chosen.
function folded(item, own, words, build) {
  const more = item.options.filter((option) => option.more);
  const built = item.options.filter((option) => !option.more).map(build);
  if (!more.length) return built;
  const open = more.some((option) => own[''] === option.code || own[option.code]);
  return [...built, h('details.more', { open }, h('summary', {}, words.more), more.map(build))];
}

function label(option) {
  return h(option.family ? `span.family-${option.family}` : 'span', {}, option.name);
}

function text(item, own, words, set) {
  const count = h('span.count', {});
  const area = h('textarea', { rows: 3, 'aria-label': item.text, placeholder: item.hint ?? '', value: own[''] ?? '' });
  const counted = () => {
    const n = [...area.value.trim()].length;
    count.textContent = `${n} / ${item.most}`;
    count.classList.toggle('over', n > item.most);
  };
  area.addEventListener('input', () => { own[''] = area.value; counted(); fit(area); set(); });
  counted();
  requestAnimationFrame(() => fit(area));
  const parts = h('div.text', {}, area, h('p.below', {}, h('span', {}, words.optional), count));
  return item.whom ? h('div', {}, whom(item, own, words, set), parts) : parts;
}

// 明日からの一歩: to whom, one tap, before what.
function whom(item, own, words, set) {
  const buttons = new Map();
  const choose = (code) => {
    own.whom = own.whom === code ? undefined : code;
    mark(buttons, own.whom);
    set();
  };
  const row = h('div.chips', { role: 'radiogroup', 'aria-label': words.whom }, h('p.how', {}, words.whom), item.whom.map((option) => {
    const made = h(`button.chip.family-${option.family}`, { type: 'button', role: 'radio', onclick: () => choose(option.code) }, option.name);
    buttons.set(option.code, made);
    return made;
  }));
  mark(buttons, own.whom);
  return row;
}

function mark(buttons, chosen) {
  for (const [value, button] of buttons) {
    button.setAttribute('aria-checked', String(value === chosen));
    button.setAttribute('aria-pressed', String(value === chosen));
  }
}

// Several questions over the same rows are one table: a row per agency type, a tick per question.
export function grid(items, answers, words, set, without) {
  const rows = items[0].options.filter((option) => option.code !== without);
  const cell = (item, option) => {
    const own = (answers[item.id] ??= {});
    const button = h('button.tick', { type: 'button', role: 'checkbox', 'aria-label': `${option.name} ${item.text}`, 'aria-checked': String(Boolean(own[option.code])) });
    button.addEventListener('click', () => {
      own[option.code] = own[option.code] ? 0 : 1;
      button.setAttribute('aria-checked', String(Boolean(own[option.code])));
      set();
    });
    return h('td', {}, button);
  };
  const heads = items.map((item) => h('th', { scope: 'col' }, item.short));
  const legend = items.map((item) => h('li', {}, h('b', {}, item.short), ' ', item.text));
  const agencies = rows.some((option) => option.family);
  return h('section.q', { 'data-item': items.map((item) => item.id).join(' ') },
    h('h2', {}, agencies ? words.grid : items[0].text), agencies ? h('ul.legend', {}, legend) : null, h('p.how', {}, words.grid_how),
    h('table.ticks', {}, h('thead', {}, h('tr', {}, h('td', {}), heads)),
      h('tbody', {}, rows.map((option) => h('tr', {}, h('th', { scope: 'row' }, label(option)), items.map((item) => cell(item, option)))))));
}

// What is sent: [item, option, value]. A table that was seen is answered, with 0 where nothing was ticked.
export function rows(pages, answers, seen, without, step) {
  const sent = [];
  pages.forEach((page, n) => page.items.forEach((item) => {
    const own = answers[item.id] ?? {};
    if (page.kind === 'grid') {
      if (seen.includes(n)) for (const { code } of item.options) if (code !== without) sent.push([item.id, code, own[code] ?? 0]);
    } else if (item.type === 'multi') {
      if (answered(item, answers)) for (const { code } of item.options) sent.push([item.id, code, own[code] ?? 0]);
    } else if (item.type === 'text') {
      const said = (own[''] ?? '').trim();
      const to = item.whom?.find((option) => option.code === own.whom)?.name;
      if (said || to) sent.push([item.id, '', to ? say(said ? step.both : step.whom, { to, what: said }) : said]);
    } else if (own[''] !== undefined) sent.push([item.id, '', own['']]);
  }));
  return sent;
}

