// A press that would get lost is held and made a moment later. After a restart the server knows a page's parts only
// once its first run has drawn them: what is pressed sooner, on the picture from before, it drops without a word.
// What the card form sends is its own matter (`outbox.js`).
const UNHEARD = '.stApp button:not(.writer *, .lines-form *)';
const LONGEST = 1500;

let away = false;
let drawn = false;
let held = null;
let calm;

export function hold() {
  const app = document.querySelector('[data-test-connection-state]');
  if (!app || app.kaigiHolds) return;
  app.kaigiHolds = true;
  new MutationObserver(() => look(app.dataset)).observe(app, { attributes: true });
  window.addEventListener('click', keep, true);
}

function look({ testConnectionState: line, testScriptState: script }) {
  window.clearTimeout(calm);
  if (line !== 'CONNECTED') { away = true; drawn = false; return; }
  drawn ||= script === 'running';
  if (away && script !== 'running') calm = window.setTimeout(release, drawn ? 50 : LONGEST);
}

function keep(event) {
  const button = away && event.target.closest?.(UNHEARD);
  if (!button) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  held = button;
}

function release() {
  away = false;
  if (held?.isConnected) held.click();
  held = null;
}
