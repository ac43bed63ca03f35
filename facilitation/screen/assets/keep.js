// What this device keeps until the server has acknowledged it: drafts and unsent commands, per conference, form
// and tab.// A second tab has its own; what a closed tab left behind is taken over by the next one that opens.
const DAY = 24 * 3600 * 1000;
const tab = ownTab();
const room = typeof BroadcastChannel === 'function' ? new BroadcastChannel('kaigi') : null;
room?.addEventListener('message', ({ data }) => { if (data.ask) room.postMessage({ here: tab }); });

export const random = () => [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, '0')).join('');

export class Keep {
  constructor(log, name) {
    this.name = name;
    this.stem = `kaigi:${log}:${name}:`;
    this.works = sweep();
  }

  // All of one kind ("draft", "out"), oldest first.
  all(kind) {
    const found = [];
    for (const name of names()) {
      if (!name.startsWith(`${this.stem}${tab}:${kind}:`)) continue;
      try { found.push(JSON.parse(localStorage.getItem(name))); } catch { /* half a line of a full disk: nothing to show */ }
    }
    return found.sort((a, b) => a.at - b.at);
  }

  put(kind, id, value) {
    try {
      localStorage.setItem(`${this.stem}${tab}:${kind}:${id}`, JSON.stringify({ ...value, at: value.at ?? Date.now() }));
      this.works = true;
    } catch { this.works = false; }
  }

  drop(kind, id) {
    try { localStorage.removeItem(`${this.stem}${tab}:${kind}:${id}`); } catch { /* nothing was kept */ }
  }

  // Takes over what tabs that no longer live left behind; calls `then` if there was anything.
  adopt(then) {
    const alive = new Set([tab]);
    const hear = ({ data }) => { if (data.here) alive.add(data.here); };
    room?.addEventListener('message', hear);
    room?.postMessage({ ask: true });
    window.setTimeout(() => {
      room?.removeEventListener('message', hear);
      let any = false;
      for (const name of names()) {
        if (!name.startsWith(this.stem)) continue;
        const [owner, ...rest] = name.slice(this.stem.length).split(':');
        if (alive.has(owner)) continue;
        this.inherit(`${this.stem}${tab}:${rest.join(':')}`, localStorage.getItem(name));
        localStorage.removeItem(name);
        any = true;
      }
      if (any) then();
    }, room ? 350 : 0);
  }

  // A named field has one draft: the newest.
  inherit(name, left) {
    const own = localStorage.getItem(name);
    if (!own || JSON.parse(own).at < JSON.parse(left).at) localStorage.setItem(name, left);
  }
}

// The names under which a seat keeps anything here: each of its forms, in each group it sat in.
export function kept(log, seat) {
  const start = `kaigi:${log}:`;
  const found = names().filter((name) => name.startsWith(`${start}${seat}.`)).map((name) => name.slice(start.length).split(':')[0]);
  return [...new Set(found)];
}

function names() {
  try { return Object.keys(localStorage); } catch { return []; }
}

function ownTab() {
  try {
    const mine = sessionStorage.getItem('kaigi:tab') ?? Math.random().toString(36).slice(2, 10);
    sessionStorage.setItem('kaigi:tab', mine);
    return mine;
  } catch { return 'only'; }
}

// Borrowed tablets: nothing stays longer than a day. Answers whether this device keeps anything at all.
function sweep() {
  try {
    for (const name of names()) {
      if (!/^kaigi:.+:(draft|out):/.test(name)) continue;
      const { at } = JSON.parse(localStorage.getItem(name) ?? '{}');
      if (!(Date.now() - at < DAY)) localStorage.removeItem(name);
    }
    localStorage.setItem('kaigi:works', '1');
    return localStorage.getItem('kaigi:works') === '1';
  } catch { return false; }
}
