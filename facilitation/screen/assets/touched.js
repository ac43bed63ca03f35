// Fields in which somebody has typed since this page came, also before a script of ours stood beside them.
export const touched = new WeakSet();

window.addEventListener('input', ({ target }) => touched.add(target), true);
