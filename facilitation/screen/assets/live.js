// Hears one integer: the revision at which this view last changed. The fragment around it then reruns.
// The trigger waits until the page's script is idle: a fragment rerun that arrives just as a full run ends would make
// the server drop the tail of that run. Tablets add a little random delay so that a room does not answer at once.
import { dress } from './dress.js';
import { hold } from './hold.js';

const NET = 4000;

export default function ({ data, parentElement, setTriggerValue }) {
  dress();
  hold();
  const kept = (parentElement.kaigiLive ??= { last: 0, tries: 0 });
  kept.fire = (revision) => setTriggerValue('changed', revision);
  kept.words = data.words;
  kept.last = Math.max(kept.last, data.revision);
  if (kept.url !== data.url) connect(kept, data.url);
  return () => close(kept);
}

function close(kept) {
  kept.url = null;
  window.clearTimeout(kept.again);
  window.clearTimeout(kept.lost);
  kept.socket?.close();
  banner(null);
}

function connect(kept, url) {
  kept.socket?.close();
  kept.url = url;
  const address = new URL(url, window.location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = (kept.socket = new WebSocket(address));
  socket.onopen = () => { kept.tries = 0; window.clearTimeout(kept.lost); kept.lost = 0; banner(null); };
  socket.onmessage = ({ data }) => heard(kept, Number(data));
  socket.onclose = () => {
    if (kept.socket !== socket || kept.url !== url) return;
    kept.lost ||= window.setTimeout(() => banner(kept.words.lost), NET);
    kept.again = window.setTimeout(() => connect(kept, url), Math.min(5000, 300 * 2 ** kept.tries++));
  };
}

function heard(kept, revision) {
  if (!(revision > kept.last)) return;
  kept.last = revision;
  const calm = kept.url.endsWith('/projector') || kept.url.endsWith('/lead');
  window.clearTimeout(kept.soon);
  kept.soon = window.setTimeout(() => whenIdle(() => kept.fire(kept.last)), calm ? 0 : 30 + Math.random() * 120);
}

function whenIdle(then, waited = 0) {
  const app = document.querySelector('[data-test-script-state]');
  if (app?.dataset.testScriptState === 'running' && waited < 3000) window.setTimeout(() => whenIdle(then, waited + 25), 25);
  else then();
}

function banner(text) {
  let bar = document.getElementById('kaigi-lost');
  if (!text) return bar?.remove();
  if (!bar) {
    bar = document.createElement('div');
    bar.id = 'kaigi-lost';
    bar.setAttribute('role', 'status');
    document.body.appendChild(bar);
  }
  bar.textContent = text;
}
