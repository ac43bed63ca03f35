// What a phone keeps of a survey: the own code, half-filled forms, the sheet that waits to be sent. Nothing else: what
// the server has acknowledged leaves the device. Half-filled forms stay a week, a code until the question after months.
const DAY = 24 * 3600 * 1000;
const STAYS = { me: 200 * DAY, got: 200 * DAY };
const STEM = 'kaigi:survey:';

export class Drawer {
  constructor(code) {
    this.stem = `${STEM}${code}:`;
    this.works = sweep();
  }

  get(name) {
    try { return JSON.parse(localStorage.getItem(this.stem + name)); } catch { return null; }
  }

  put(name, value) {
    try { localStorage.setItem(this.stem + name, JSON.stringify({ ...value, at: Date.now() })); } catch { this.works = false; }
  }

  drop(name) {
    try { localStorage.removeItem(this.stem + name); } catch { /* nothing was kept */ }
  }

  // Another person answers on this device: nothing of the one before stays.
  empty() {
    try { for (const name of Object.keys(localStorage)) if (name.startsWith(this.stem)) localStorage.removeItem(name); } catch { /* nothing was kept */ }
  }
}

// Answers whether this device keeps anything at all.
function sweep() {
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(STEM)) continue;
      const { at } = JSON.parse(localStorage.getItem(name)) ?? {};
      const kind = name.slice(STEM.length).split(':')[1];
      if (!(Date.now() - at < (STAYS[kind] ?? 7 * DAY))) localStorage.removeItem(name);
    }
    localStorage.setItem('kaigi:works', '1');
    return localStorage.getItem('kaigi:works') === '1';
  } catch { return false; }
}
