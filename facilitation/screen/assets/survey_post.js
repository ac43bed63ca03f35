// Asks our own server, without cookies: nothing that a device is known by goes along with an answer.
const PATIENCE = 10000;

// {ok, …} as the server answered, or null where there was no line and asking again is right.
export async function ask(address, body = null) {
  const stop = new AbortController();
  const late = window.setTimeout(() => stop.abort(), PATIENCE);
  const how = body ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {};
  try {
    const response = await fetch(address, { ...how, credentials: 'omit', cache: 'no-store', signal: stop.signal });
    if (response.status >= 500) return null;
    return { ok: response.ok, ...(await response.json()) };
  } catch { return null; } finally { window.clearTimeout(late); }
}

// Sends one sheet until it is acknowledged: the same key every time, so that what arrived twice is written once.
export class Sending {
  constructor(address, settled, waiting) {
    Object.assign(this, { address, settled, waiting, sheet: null, tries: 0, busy: false });
    for (const event of ['online', 'focus', 'pageshow']) window.addEventListener(event, () => this.now());
  }

  send(sheet) {
    this.sheet = sheet;
    this.now();
  }

  now() {
    window.clearTimeout(this.again);
    if (this.sheet && !this.busy) this.step();
  }

  async step() {
    const sheet = this.sheet;
    this.busy = true;
    const answer = await ask(this.address, sheet);
    this.busy = false;
    if (sheet !== this.sheet) return this.now();
    if (answer) { this.sheet = null; this.tries = 0; return this.settled(sheet, answer); }
    this.waiting();
    this.again = window.setTimeout(() => this.now(), Math.min(8000, 500 * 2 ** this.tries++));
  }
}
