// Our look stands in the page from the start (`first_page`), but not where an address is none of our pages.
export const dressed = new Promise((done) => {
  const link = document.getElementById('kaigi-look') ?? added();
  if (link.sheet) done();
  else link.addEventListener('load', done);
});

function added() {
  const link = document.createElement('link');
  link.id = 'kaigi-look';
  link.rel = 'stylesheet';
  link.href = new URL('look.css', import.meta.url).href;
  return document.head.appendChild(link);
}
