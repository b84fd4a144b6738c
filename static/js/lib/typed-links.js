/* Citations typed by hand that become citations by key, all in one step. Pure.

   The site says which they are and what each becomes, { written, read, linked } (blog/citations/consistency). */
import { isCode } from "./text-edits.js";

const WORD = /[\p{L}\p{N}]/u;

/* Of places { from, to } that overlap, the first; of two at one place, the longer. In the order of the text. */
export const apart = (places) => {
  const kept = [];
  for (const place of [...places].sort((one, other) => one.from - other.from || other.to - one.to))
    if (place.from >= (kept.at(-1)?.to ?? 0)) kept.push(place);
  return kept;
};

const placesIn = (value, { written, linked }) => {
  const places = [];
  for (let from = value.indexOf(written); from >= 0; from = value.indexOf(written, from + written.length)) {
    const isPartOfWord = WORD.test(written[0]) && WORD.test(value[from - 1] ?? "");
    if (!isPartOfWord && !isCode(value, from)) places.push({ from, to: from + written.length, linked });
  }
  return places;
};

/* The edit of a text (text-edits.js) that links all of them, from the first to the last; null for none. */
export const linkAll = (value, links) => {
  const places = apart(links.flatMap((link) => placesIn(value, link)));
  if (!places.length) return null;
  let text = "";
  let last = places[0].from;
  for (const { from, to, linked } of places) {
    text += value.slice(last, from) + linked;
    last = to;
  }
  const { from } = places[0];
  return { from, to: last, text, select: [from + text.length, from + text.length] };
};
