// What those who lead type into a form of the framework's stays on this device until it is saved: over another tab of
// the desk, a reload, a restart. Such a form sends nothing before its button is pressed, and what stands in it goes with
// it. data: {log, form, fields: [{name, label, saved}], words: {unsaved, meanwhile}}.
import { fill, h } from './dom.js';
import { Keep } from './keep.js';
import { touched } from './touched.js';

export default function ({ data, parentElement }) {
  const form = parentElement.closest(`.st-key-typed-${data.form}`);
  const keep = new Keep(data.log, `desk-${data.form}`);
  let known = [], gone = false, shown = null;
  const look = () => {
    const fields = data.fields.map((field) => ({ ...field, area: labelled(form, field.label) }));
    if (!fields.every(({ area }) => area) || fields.every(({ area }, at) => area === known[at])) return;
    known = fields.map(({ area }) => area);
    if (listen(form, keep, fields)) {
      for (const field of fields) if (touched.has(field.area)) heard(keep, field);
      keep.adopt(() => { known = []; look(); });
    }
    settle(fields, 4);
  };
  // A field that was only just set there may be given its first value once more by the framework.
  const settle = (fields, times) => {
    if (gone || fields.some(({ area }, at) => area !== known[at])) return;
    const found = back(fields, keep);
    if (JSON.stringify(found) !== shown) fill(parentElement, told(found, data.words)); // else nobody hears it read twice
    shown = JSON.stringify(found);
    if (times) setTimeout(settle, 250, fields, times - 1);
  };
  const watching = new MutationObserver(look); // the framework may set other fields in the place of these
  watching.observe(form, { childList: true, subtree: true });
  look();
  return () => { gone = true; watching.disconnect(); };
}

const labelled = (form, label) => [...form.querySelectorAll('textarea, input')].find((area) => area.getAttribute('aria-label') === label);

const same = (one, other) => one.trim().normalize('NFC') === other.trim().normalize('NFC');

// One listener a form, however often it is drawn; what it compares with is what the server holds by now. Answers
// whether it is new.
function listen(form, keep, fields) {
  const before = form.kaigiTyped;
  form.kaigiTyped = { keep, fields };
  if (before) return false;
  form.addEventListener('input', ({ target }) => {
    const { keep, fields } = form.kaigiTyped;
    const field = fields.find(({ label }) => label === target.getAttribute('aria-label'));
    if (field) heard(keep, { ...field, area: target });
  });
  return true;
}

function heard(keep, { name, area, saved }) {
  const begun = keep.all('draft').find((draft) => draft.name === name);
  if (begun?.text === area.value) return;
  if (!same(area.value, saved)) keep.put('draft', name, { name, text: area.value, seen: begun?.seen ?? saved });
  else keep.drop('draft', name);
}

// Puts kept words where nothing was typed since, and answers, for each, what somebody else saved there meanwhile.
function back(fields, keep) {
  const found = [];
  for (const { name, text, seen } of keep.all('draft')) {
    const field = fields.find((each) => each.name === name);
    if (!field || same(text, field.saved)) { keep.drop('draft', name); continue; }
    if (same(field.area.value, field.saved)) write(field.area, text);
    found.push(same(seen, field.saved) ? '' : field.saved);
  }
  return found;
}

// As if it were typed: the framework hears of a text only by its event.
function write(area, text) {
  const kind = area.tagName === 'TEXTAREA' ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(area, text);
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

function told(found, words) {
  if (!found.length) return null;
  const others = found.filter(Boolean).map((text) => h('p.muted', {}, `${words.meanwhile} ${text}`));
  return h('div.kaigi', {}, h('p.other-word', { role: 'status' }, words.unsaved), others);
}
