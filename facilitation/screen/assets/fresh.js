// Parts of a page that can be drawn anew without a run of the page: each gives its name and how it is drawn, and says
// whether it still stands on the page.
const parts = new Map();

export function part(name, draw) { parts.set(name, draw); }

export const drawFresh = (given) => Object.entries(given).every(([name, value]) => parts.get(name)?.(value) ?? false);
