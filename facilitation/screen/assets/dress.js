// Our look, once per page; `dressed` is done when it has arrived.
let arrived;
export const dressed = new Promise((resolve) => { arrived = resolve; });

export function dress() {
  if (document.getElementById('kaigi-look')) return;
  const link = document.createElement('link');
  link.id = 'kaigi-look';
  link.rel = 'stylesheet';
  link.href = new URL('look.css', import.meta.url).href;
  link.onload = () => arrived();
  document.head.appendChild(link);
}
