/* The citation that the caret of a textarea is in, as what the card changes (citation-card.js). */
import { lineInTextarea } from "../lib/caret-line.js";
import { holdText } from "../lib/held-text.js";
import { editBeside } from "../lib/text-field.js";
import { citationAt } from "./citation-source.js";

/* The end of the line of a place, from the top of the textarea's container. */
export const bottomInTextarea = (field, index) => {
  const line = lineInTextarea(field, index).bottom - field.getBoundingClientRect().top;
  return field.offsetTop + Math.min(Math.max(line, 0), field.clientHeight);
};

/* Null where none is. It changes when the card is closed. */
export const citationInTextarea = (field) => {
  const { value, selectionStart: caret } = field;
  const start = value.lastIndexOf("\n", caret - 1) + 1;
  const found = citationAt(value.slice(start).split("\n")[0], caret - start);
  if (!found) return null;
  const held = holdText(field, start + found.from, start + found.to);
  let { source } = found;
  const put = (text, { from, to }) => {
    held.release();
    if (held.isIntact()) editBeside(field, { from, to, text });
  };
  return {
    source,
    bottom: () => bottomInTextarea(field, held.range.from),
    change(next) {
      source = next;
    },
    finish() {
      if (source !== found.source) put(source, held.range);
      held.release();
    },
    remove() {
      const { from, to } = held.range;
      const isAfterSpace = / $/.test(field.value.slice(0, from)) && /^(?:[\s.,;:!?)]|$)/.test(field.value.slice(to));
      put("", { from: isAfterSpace ? from - 1 : from, to });
    },
    focus: () => field.focus(),
  };
};
