// Hears one integer: the revision at which this view last changed. The fragment around it then reruns.
// The trigger waits until the page's script is idle: a fragment rerun that arrives just as a full run ends would make
// the server drop the tail of that run. The server tells tablets one after another and says every 15 s where the view
// stands, so a page never asks by itself: what it missed it sees by the next number.
import './dress.js';
import { drawFresh, forget } from './fresh.js';
import { hold } from './hold.js';
import './touched.js';

const NET = 4000;
const POLL = 15000; // without the stream a page does ask by itself, slowly
const AGAIN = 5000; // ms after which a rerun that was asked for and brought nothing new is asked for once more

export default function ({ data, parentElement, setTriggerValue }) {
  hold();
  const kept = (parentElement.kaigiLive ??= { asked: 0, missed: 0, at: 0, tries: 0 });
  kept.fire = (revision) => setTriggerValue('changed', revision);
  kept.words = data.words;
  kept.run = kept.drawn = data.revision;
  kept.from = data.parts;
  // A run that began before a number was heard may end after it: what is older than the number is asked for once more.
  if (kept.asked <= data.revision) window.clearTimeout(kept.soon); // a run that still waits would show nothing more
  else if (kept.missed !== kept.asked) { kept.missed = kept.asked; ask(kept); }
  if (kept.url !== data.url) connect(kept, data.url);
  return () => close(kept);
}

function close(kept) {
  kept.url = null;
  window.clearTimeout(kept.again);
  window.clearTimeout(kept.lost);
  window.clearTimeout(kept.soon);
  kept.socket?.close();
  banner(null);
}

function connect(kept, url) {
  kept.socket?.close();
  kept.url = url;
  const address = new URL(url, window.location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = (kept.socket = new WebSocket(address));
  socket.onopen = () => { forget(); kept.asked = 0; kept.tries = 0; window.clearTimeout(kept.lost); kept.lost = 0; banner(null); };
  socket.onmessage = ({ data }) => heard(kept, Number(data));
  socket.onclose = () => {
    if (kept.socket !== socket || kept.url !== url) return;
    kept.lost ||= window.setTimeout(() => banner(kept.words.lost), NET);
    if (kept.tries > 3 && Date.now() - kept.at > POLL) ask(kept);
    kept.again = window.setTimeout(() => connect(kept, url), Math.min(5000, 300 * 2 ** kept.tries++));
  };
}

function heard(kept, revision) {
  document.dispatchEvent(new CustomEvent('kaigi:beat'));
  if (!(revision > kept.drawn) || (revision <= kept.asked && Date.now() - kept.at < AGAIN)) return;
  kept.asked = revision;
  ask(kept);
}

function ask(kept) {
  kept.at = Date.now();
  window.clearTimeout(kept.soon);
  if (!kept.from) whenIdle(kept);
  else if (!kept.fetching) fetchAll(kept);
}

// Where parts of the page alone have changed they are fetched and drawn; everything else is a run of the page. One
// fetch at a time: what is heard meanwhile is fetched once more after it.
async function fetchAll(kept) {
  kept.fetching = true;
  try {
    do { kept.at = Date.now(); } while (await fetchParts(kept) && kept.asked > kept.drawn);
  } finally { kept.fetching = false; }
}

// Whether what was known when it was asked is on the page now; else a run of the page has been asked for.
async function fetchParts(kept) {
  const { from, run, asked } = kept;
  const stop = new AbortController();
  const late = window.setTimeout(() => stop.abort(), AGAIN);
  try {
    const answer = await fetch(`${from}&run=${run}&heard=${asked}`, { signal: stop.signal });
    const { run: anew, revision, ...given } = await answer.json();
    if (!kept.url) return false; // the page was left
    if (kept.run !== run) return true; // it ran meanwhile
    if (!anew && revision >= asked && drawFresh(given, revision)) { kept.drawn = revision; return true; }
  } catch { /* no line, or no such seat any more: the page says what is true */ } finally { window.clearTimeout(late); }
  if (kept.url) whenIdle(kept);
  return false;
}

function whenIdle(kept, waited = 0) {
  const app = document.querySelector('[data-test-script-state]');
  if (app?.dataset.testScriptState !== 'running' || waited >= 3000) kept.fire(kept.asked);
  else kept.soon = window.setTimeout(() => whenIdle(kept, waited + 25), 25);
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
