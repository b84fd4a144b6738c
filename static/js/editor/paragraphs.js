/* The paragraph of the preview that a paragraph of the text became. Pure. */

const NOT_SHOWN = /\]\([^)]*\)|\[\^[^\]]*\]|@[\p{L}\p{N}_:.-]+/gu;

const wordsOf = (text) =>
  text
    .replace(NOT_SHOWN, " ")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const overlap = (wanted, found) => {
  const left = new Map();
  for (const word of found) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of wanted) {
    const count = left.get(word) ?? 0;
    if (count) {
      shared += 1;
      left.set(word, count - 1);
    }
  }
  return (2 * shared) / (wanted.length + found.length || 1);
};

/* The place among `blocks`, texts in their order, of what `paragraph` became; `ratio` is how far into the whole
   text it is, from 0 to 1, and decides between blocks that are alike. -1 if there are no blocks. */
export const findBlock = (blocks, paragraph, ratio) => {
  const wanted = wordsOf(paragraph);
  let best = -1;
  let bestScore = -1;
  for (const [place, block] of blocks.entries()) {
    const distance = Math.abs(place / Math.max(1, blocks.length - 1) - ratio);
    const score = (wanted.length ? overlap(wanted, wordsOf(block)) : 0) - distance / 10;
    if (score > bestScore || best < 0) {
      best = place;
      bestScore = score;
    }
  }
  return best;
};

/* The paragraph around a place of a text: what is between the empty lines before and after it. */
export const paragraphAt = (value, index) => {
  const before = value.slice(0, index);
  const after = value.slice(index);
  const start = before.search(/(?:(?!\n[ \t]*\n)[\s\S])*$/);
  const end = after.search(/\n[ \t]*(?:\n|$)/);
  return (before.slice(start) + (end < 0 ? after : after.slice(0, end))).trim();
};
