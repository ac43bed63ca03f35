// Words that turn the direction of what is written after them stand in an element of their own (as in parts.py).
const TURNING = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

function isolated(child) {
  if (typeof child !== 'string' || !TURNING.test(child)) return child;
  const node = document.createElement('bdi');
  node.textContent = child;
  return node;
}

// Elements by hand: text only as text nodes.
export function h(tag, set = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(' ');
  for (const [key, value] of Object.entries(set)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key in node && key !== 'list') node[key] = value;
    else if (value !== null && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false).map(isolated));
  return node;
}

export function say(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
}

// A field grows with its text: by itself where the browser knows how (Safari long did not), by this call elsewhere. Up
// to the height that look.css allows; it never moves anything while somebody writes but to make room.
const GROWS = CSS.supports('field-sizing', 'content');

export function fit(area) {
  if (GROWS) return;
  if (!area.value) area.style.minHeight = '';
  else if (area.scrollHeight > area.clientHeight) area.style.minHeight = `min(${area.scrollHeight}px, 40vh)`;
}
