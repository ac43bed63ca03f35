// Sends commands one by one until each is acknowledged: kept on the device first, the same key every time, so that a
// command which arrived twice is written once. What the server refuses comes back with its reasons.

// The server waits ten seconds for another program that holds the data, and then says so: longer than that.
const LONGEST = 15000;

// One outbox for a form, whoever asks for it first: the form itself, or who sends for it while it is not there (`left.js`).
const outboxes = new Map();

export function outbox(keep, sender, changed) {
  const found = outboxes.get(keep.stem) ?? new Outbox(keep, sender);
  outboxes.set(keep.stem, found);
  found.token = sender.token;
  if (changed) found.changed = changed;
  return found;
}

class Outbox {
  // `sender`: {log, seat, group, token}; the group is the one that a seat wrote for, also where it was moved since.
  constructor(keep, { log, seat, group, token }) {
    Object.assign(this, { keep, log, seat, group, token, changed: () => {}, items: keep.all('out'), tries: 0, busy: false });
    for (const event of ['online', 'focus', 'pageshow']) window.addEventListener(event, () => this.now());
    this.now();
  }

  add(item) {
    const waiting = { ...item, state: 'waiting', at: Date.now() };
    this.items.push(waiting);
    this.keep.put('out', waiting.id, waiting);
    this.changed();
    this.now();
  }

  take(id) {
    const found = this.items.find((item) => item.id === id);
    this.items = this.items.filter((item) => item.id !== id);
    this.keep.drop('out', id);
    this.changed();
    return found;
  }

  reload() {
    const known = new Set(this.items.map((item) => item.id));
    this.items.push(...this.keep.all('out').filter((item) => !known.has(item.id)));
    this.now();
  }

  now() {
    window.clearTimeout(this.again);
    if (!this.busy) this.step();
  }

  async step() {
    const item = this.items.find((each) => each.state !== 'refused' && each.state !== 'saved');
    if (!item) return;
    this.busy = true;
    let answer = null;
    try { answer = await this.post(item); } catch { item.why = null; /* no line: tried again below */ }
    this.busy = false;
    if (answer) { this.tries = 0; this.settle(item, answer); this.step(); return; }
    item.state = 'unsent';
    this.changed();
    this.again = window.setTimeout(() => this.now(), Math.min(8000, 500 * 2 ** this.tries++));
  }

  // The server's word on a command; null where asking again is right.
  async post(item) {
    const stop = new AbortController();
    const late = window.setTimeout(() => stop.abort(), LONGEST);
    try {
      const response = await fetch('/do', {
        method: 'POST', credentials: 'same-origin', signal: stop.signal, headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ log: this.log, seat: this.seat, group: this.group, token: this.token, verb: item.verb, fields: item.fields }),
      });
      if (response.status >= 500 || response.status === 404) { item.why = (await safely(response))?.refused; return null; }
      return { ok: response.ok, ...(await response.json()) };
    } finally { window.clearTimeout(late); }
  }

  settle(item, answer) {
    if (answer.ok) {
      Object.assign(item, { state: 'saved', revision: answer.revision, saved: answer.at });
      this.keep.drop('out', item.id);
    } else {
      Object.assign(item, { state: 'refused', why: answer.refused, wrong: answer.fields });
      this.keep.put('out', item.id, item);
    }
    this.changed(item);
    document.dispatchEvent(new CustomEvent('kaigi:settled', { detail: { name: this.keep.name, item } }));
  }
}

async function safely(response) {
  try { return await response.json(); } catch { return null; }
}
