/* Larger parts that the tools above a text put into it. Pure, as text-edits.js. */
import { freeLabel } from "./note-labels.js";
import { breaksAfter, breaksBefore } from "./text-edits.js";

const LABEL = /\[\^([^\]\s]+)\]/g;
const COLUMNS = 2;
const ROWS = 2;

const labelsIn = (value) => new Set([...value.matchAll(LABEL)].map(([, label]) => label));

/* A note: its mark behind what is selected, its text at the end, where the caret goes. */
export const footnote = (value, _from, to) => {
  const mark = `[^${freeLabel(labelsIn(value))}]`;
  const rest = value.slice(to).replace(/\s+$/, "");
  const isAfterNote = /(?:^|\n)\[\^[^\]\s]+\]:[^\n]*$/.test(value.slice(0, to) + rest);
  const text = `${mark}${rest}${isAfterNote ? "\n" : "\n\n"}${mark}: `;
  return { from: to, to: value.length, text, select: [to + text.length, to + text.length] };
};

/* A table with empty cells behind the paragraph of the caret; the caret is in its first. */
export const table = (value, _from, to) => {
  const end = value.slice(to).search(/\n[ \t]*(?:\n|$)|$/) + to;
  const leading = value.slice(0, end).trim() ? breaksAfter(value.slice(0, end)) : "";
  const row = `|${"   |".repeat(COLUMNS)}`;
  const rule = `|${" --- |".repeat(COLUMNS)}`;
  const text = `${leading}${[row, rule, ...Array(ROWS).fill(row)].join("\n")}${breaksBefore(value.slice(end))}`;
  const caret = end + leading.length + 2;
  return { from: end, to: end, text, select: [caret, caret] };
};
