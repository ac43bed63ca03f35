// Clocks tick on the device: the server says once how much was spent, and no one asks again.
// An element with data-timer = {seconds, spent, running, over, parts: [[name, seconds], …]} shows what is left;
// elements inside with data-show="part" | "left" | "part-left" are filled, otherwise the element itself.
const started = new WeakMap();
let ticking = 0;

export function startTimers(root) {
  for (const node of root.querySelectorAll('[data-timer]')) {
    const text = node.dataset.timer;
    if (started.get(node)?.text !== text) started.set(node, { text, at: performance.now(), timer: JSON.parse(text) });
  }
  if (!ticking) ticking = window.setInterval(tick, 250);
  tick();
}

function tick() {
  const nodes = document.querySelectorAll('[data-timer]');
  if (!nodes.length) { window.clearInterval(ticking); ticking = 0; return; }
  for (const node of nodes) if (started.has(node)) draw(node, started.get(node));
}

function draw(node, { at, timer }) {
  const spent = timer.spent + (timer.running ? (performance.now() - at) / 1000 : 0);
  const part = partAt(timer.parts ?? [], spent);
  const fill = (name, text) => {
    const target = name === 'left' && !node.querySelector('[data-show]') ? node : node.querySelector(`[data-show="${name}"]`);
    if (target && target.textContent !== text) target.textContent = text;
  };
  fill('left', clock(timer.seconds - spent, timer.over));
  fill('part', part?.name ?? '');
  fill('part-left', part ? clock(part.left, timer.over) : '');
}

function partAt(parts, spent) {
  let from = 0;
  for (const [name, seconds] of parts) {
    if (spent < from + seconds) return { name, left: from + seconds - spent };
    from += seconds;
  }
  return null;
}

function clock(left, over) {
  const whole = Math.max(0, Math.ceil(left - 0.05));
  if (left <= 0 && over) return over;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
