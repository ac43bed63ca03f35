// One line per agency type at the table, sent when it is left; until acknowledged it stays on this device.
import { dress } from './dress.js';
import { fill, h } from './dom.js';
import { Keep, random } from './keep.js';
import { Outbox } from './outbox.js';

const boards = new Map();

export default function ({ data, parentElement }) {
  dress();
  const name = `${data.log} ${data.seat}`;
  if (!boards.has(name)) boards.set(name, new Lines(data));
  const lines = boards.get(name);
  if (lines.root.parentNode !== parentElement) parentElement.replaceChildren(lines.root);
  lines.update(data);
}

class Lines {
  constructor(data) {
    this.keep = new Keep(data.log, `${data.seat}-lines`);
    this.root = h('section.kaigi.lines-form');
    this.rows = new Map();
    this.data = data;
    this.outbox = new Outbox(this.keep, data.log, data.seat, data.token, () => this.draw());
  }

  update(data) {
    this.data = data;
    for (const type of data.types) if (!this.rows.has(type.code)) this.rows.set(type.code, this.row(type));
    fill(this.root, data.types.map((type) => this.rows.get(type.code).node));
    this.draw();
  }

  row(type) {
    const kept = this.keep.all('draft').find((draft) => draft.type === type.code);
    const input = h('input', { type: 'text', value: kept?.text ?? type.line, maxLength: 400, placeholder: this.data.words.line, 'aria-label': type.name });
    const state = h('span.mark');
    input.addEventListener('input', () => this.keep.put('draft', type.code, { type: type.code, text: input.value, at: Date.now() }));
    input.addEventListener('change', () => this.send(type, input.value));
    return { input, state, node: h(`label.line.family-${type.family}`, {}, h('b', {}, type.name), input, state) };
  }

  send(type, text) {
    const key = random();
    this.outbox.add({ id: key, verb: 'write_line', fields: { type: type.code, text, key }, type: type.code });
    this.keep.drop('draft', type.code);
  }

  draw() {
    for (const [code, { state }] of this.rows) {
      const item = this.outbox.items.filter((each) => each.type === code).at(-1);
      const { words } = this.data;
      const text = !item ? '' : item.state === 'saved' ? `✓ ${words.saved}` : item.state === 'refused' ? item.why.join(' ') : words.unsent;
      state.className = `mark ${item?.state ?? ''}`;
      state.textContent = text;
    }
  }
}
