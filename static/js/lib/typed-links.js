/* Citations typed by hand that become citations by key, all in one step.

   Only the site knows which they are and what each becomes (blog/text/rewriting.py). It names the places in the
   panel “Before you publish”: { written, read, linked, number, count } is the `number`th, from 0, of the `count`
   places where the text has what is `written`. */

export const placesIn = (root) => JSON.parse(root.querySelector("#typed-places")?.textContent ?? "[]");

/* The bounds of a place in a text, { from, to }; null where somebody has since written more or less of it. */
export const rangeOf = (value, { written, number, count }) => {
  const starts = [];
  for (let from = value.indexOf(written); from >= 0; from = value.indexOf(written, from + 1)) starts.push(from);
  return starts.length === count ? { from: starts[number], to: starts[number] + written.length } : null;
};

/* The edit of a text (text-edits.js) that links all places, from the first to the last; null if it cannot. */
export const linkAll = (value, places) => {
  const ranges = places.map((place) => ({ ...rangeOf(value, place), linked: place.linked }));
  if (!ranges.length || ranges.some(({ from }) => from === undefined)) return null;
  ranges.sort((one, other) => one.from - other.from);
  const [{ from: start }] = ranges;
  let text = "";
  let last = start;
  for (const { from, to, linked } of ranges) {
    text += value.slice(last, from) + linked;
    last = to;
  }
  return { from: start, to: last, text, select: [start + text.length, start + text.length] };
};
