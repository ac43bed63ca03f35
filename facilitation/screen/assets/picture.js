// Draws a tree of [tag, attributes, ...children] with text nodes only; what it held before is changed in place.
import { dressed } from './dress.js';
import { part } from './fresh.js';
import { startTimers } from './timer.js';

const TAGS = new Set(('a abbr article aside b bdi br button caption col colgroup dd details div dl dt em figcaption figure blockquote '
  + 'footer h1 h2 h3 h4 header hr i img li main nav ol p s section small span strong sub summary sup table tbody td '
  + 'tfoot th thead time tr u ul wbr svg g path circle rect line text title polyline').split(' '));
const SVG = new Set('svg g path circle rect line text title polyline'.split(' '));
const SAFE_LINK = /^(\/(?!\/)|https:\/\/|tel:|#)/;

export default function ({ text, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.kaigi') ?? parentElement.appendChild(holder());
  if (root.kaigiShown !== text) {
    root.kaigiShown = text;
    patch(root, JSON.parse(text).tree);
    for (const node of root.querySelectorAll('[data-part]')) {
      const draw = (tree) => node.isConnected && (patch(node, tree.filter(Boolean)), delete root.kaigiShown, settle(root), true);
      part(node.dataset.part, draw, Number(node.closest('[data-at]')?.dataset.at));
    }
    fetchOpened(root);
    settle(root);
    dressed.then(() => fit(root));
  }
  root.press = (value) => setTriggerValue('act', { value, n: Date.now() + Math.random() });
}

function settle(root) {
  startTimers(root);
  fit(root);
}

// A picture of the wall that would not fit (a long case, English) shrinks by one factor, down to six tenths.
function fit(root) {
  for (const body of root.querySelectorAll('.wall .body')) {
    for (let k = 1; k >= 0.6; k -= 0.02) {
      body.style.setProperty('--k', k.toFixed(2));
      if (body.scrollHeight <= body.clientHeight + 1) break;
    }
  }
}

const again = () => document.querySelectorAll('.kaigi').forEach(fit);
window.addEventListener('resize', again);
document.fonts?.ready.then(again);

function holder() {
  const root = document.createElement('div');
  root.className = 'kaigi';
  root.addEventListener('click', (event) => {
    const act = event.target.closest('[data-act]');
    if (act && root.contains(act)) root.press(JSON.parse(act.dataset.act));
  });
  root.addEventListener('toggle', () => { listen(root); fetchOpened(root); }, true);
  document.addEventListener('kaigi:beat', () => { listen(root); if (root.isConnected) fetchOpened(root); });
  return root;
}

// What stands in a closed <details> need not travel with the page: an element with data-from is filled from there when
// it is opened, and again whenever the page hears something while it is open. What its page is told nothing of, it hears
// by a stream of its own (data-live) as long as it is open. No line: what was there stays, and the page's next number
// finds the stream again.
const ears = new Map();

function listen(root) {
  for (const [box, ear] of ears) {
    if (box.isConnected && box.parentElement.open && ear.readyState < WebSocket.CLOSING && ear.from === box.dataset.live) continue;
    ears.delete(box);
    ear.close();
  }
  for (const box of root.querySelectorAll('details[open] > [data-live]')) {
    if (!box.isConnected || ears.has(box)) continue;
    const address = new URL(box.dataset.live, window.location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const ear = new WebSocket(address);
    Object.assign(ear, { from: box.dataset.live, heard: -1 });
    ear.onmessage = ({ data }) => {
      if (Number(data) > ear.heard && box.isConnected) fetchOpened(root);
      ear.heard = Math.max(ear.heard, Number(data));
    };
    ears.set(box, ear);
  }
}

function fetchOpened(root) {
  for (const box of root.querySelectorAll('details[open] > [data-from]')) {
    const asked = (box.kaigiAsked = (box.kaigiAsked ?? 0) + 1);
    fetch(box.dataset.from, { cache: 'no-cache' }).then((answer) => (answer.ok ? answer.text() : null)).then((text) => {
      if (!text || box.kaigiShown === text || asked < box.kaigiDrawn) return; // a later answer may come first
      Object.assign(box, { kaigiShown: text, kaigiDrawn: asked });
      patch(box, JSON.parse(text).tree);
    }, () => {});
  }
}

function patch(parent, children) {
  const old = [...parent.childNodes];
  children.forEach((child, i) => {
    const node = old[i];
    if (typeof child === 'string') {
      if (node?.nodeType === Node.TEXT_NODE) { if (node.data !== child) node.data = child; }
      else put(parent, document.createTextNode(child), node);
    } else if (node?.nodeType === Node.ELEMENT_NODE && node.localName === child[0] && sameKey(node, child[1])) {
      attributes(node, child[1]);
      if (!node.kaigiShown) patch(node, child.slice(2));
    } else put(parent, build(child), node);
  });
  old.slice(children.length).forEach((node) => node.remove());
}

function sameKey(node, wanted) {
  return (node.getAttribute('data-key') ?? '') === (wanted['data-key'] ?? '');
}

function put(parent, made, old) {
  if (old) old.replaceWith(made); else parent.appendChild(made);
}

function build([tag, wanted, ...children]) {
  if (!TAGS.has(tag)) throw new Error(`not drawn: ${tag}`);
  const node = SVG.has(tag) ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  attributes(node, wanted, true);
  patch(node, children);
  return node;
}

// What a person has opened or closed stays so: `open` counts only for an element that is new.
function attributes(node, wanted, fresh = false) {
  for (const { name } of [...node.attributes]) if (name !== 'open' && !(name.replace(/^data-(act|timer)$/, '$1') in wanted)) node.removeAttribute(name);
  for (const [name, value] of Object.entries(wanted)) {
    if (/^on/i.test(name) || (name === 'open' && !fresh)) continue;
    if (name === 'href' && !SAFE_LINK.test(value)) continue;
    if (name === 'src' && !/^data:image\/(svg\+xml|png)/.test(value)) continue;
    const text = typeof value === 'string' ? value : value === true ? '' : JSON.stringify(value);
    const at = name === 'act' || name === 'timer' ? `data-${name}` : name;
    if (node.getAttribute(at) !== text) node.setAttribute(at, text);
  }
}
