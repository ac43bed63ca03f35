// Our look, once per page.
export function dress() {
  if (document.getElementById('kaigi-look')) return;
  const link = document.createElement('link');
  link.id = 'kaigi-look';
  link.rel = 'stylesheet';
  link.href = new URL('look.css', import.meta.url).href;
  document.head.appendChild(link);
}
