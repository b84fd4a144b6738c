/* Places of words of a text after others have changed. Pure. */

/* The one change between two states of a text, { from, to, size }: from–to of the first became `size` signs.
   The caret, where it is known, is behind what was typed or deleted, and tells apart what is alike. */
export const changeBetween = (before, after, caret = null) => {
  const shorter = Math.min(before.length, after.length);
  let tail = 0;
  while (tail < shorter && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (caret !== null) tail = Math.min(tail, after.length - caret);
  let head = 0;
  while (head < shorter - tail && before[head] === after[head]) head += 1;
  return { from: head, to: before.length - tail, size: after.length - tail - head };
};

/* A range after a change: what is typed at its edges stays outside. One that loses an edge loses its words. */
export const rangeAfter = ({ from, to }, change) => {
  const growth = change.size - (change.to - change.from);
  if (change.to <= from) return { from: from + growth, to: to + growth };
  if (change.from >= to) return { from, to };
  if (change.from >= from && change.to <= to) return { from, to: to + growth };
  const end = change.from + change.size;
  return { from: end, to: end };
};
