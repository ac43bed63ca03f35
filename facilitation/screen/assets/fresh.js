// Parts of a page that can be drawn anew without a run of the page: each gives its name, how it is drawn, and the revision
// the page was drawn at, and says whether it still stands on the page. The end of a run that began before may come after
// newer parts: what it drew over they draw again.
const parts = new Map();
let newest = { revision: -1, given: {} };

export function part(name, draw, at) {
  parts.set(name, draw);
  if (at < newest.revision && name in newest.given) draw(newest.given[name]);
}

// The line was gone: the server that is there now may have come back from a copy, and what is newer is no more.
export function forget() {
  newest = { revision: -1, given: {} };
}

export function drawFresh(given, revision) {
  if (revision >= newest.revision) newest = { revision, given };
  return Object.entries(given).every(([name, value]) => parts.get(name)?.(value) ?? false);
}
