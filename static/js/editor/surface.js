/* Where one writes: the textarea, or the visual editor while it is open. What changes a text asks for
   the surface and knows neither. A surface has

   element            what has the focus, and the attributes of a list that opens at the caret
   isReadOnly()
   focus()
   run(name)          a command of the toolbar
   signBefore()       the sign before the caret, or nothing
   lineOfCaret()      where the line of the caret is, { top, bottom } in pixels of the window
   placeOfCaret()     its { paragraph } in words, and the { ratio } of the text that is before it
   insert(markdown)   a text where the caret is
   insertWords(words) words where the caret is, without any marks
   linkTyped(typed)   a citation typed by hand, { written, read, linked }, becomes one by key; it resolves to
                      whether it was there
   linkAllTyped(links) all of many such citations, wherever they are, as one step of undo; resolves likewise
   hold(plain, isBlock)  a plain text where the caret is, of which the answer's replace(markdown) makes
                         the text; it resolves to whether the plain text was still there */
import { lineInTextarea } from "../lib/caret-line.js";
import { breaksAfter, breaksBefore, isCode } from "../lib/text-edits.js";
import { applyEdit, insertText } from "../lib/text-field.js";
import { linkAll } from "../lib/typed-links.js";
import { paragraphAt } from "./paragraphs.js";

const BLOCK = /\n|^(?:#{2,6} |> |- |1\. )/;

const HISTORY = ["undo", "redo"];

const textareaSurface = (field, edits) => {
  /* Where the plain text is now: the writer may have gone on typing. */
  const find = (plain, index) => {
    if (field.value.startsWith(plain, index)) return index;
    const found = field.value.indexOf(plain);
    return found >= 0 && field.value.indexOf(plain, found + 1) < 0 ? found : -1;
  };
  return {
    element: field,
    isReadOnly: () => field.readOnly,
    focus: () => field.focus(),
    run(name) {
      field.focus();
      if (HISTORY.includes(name)) document.execCommand(name);
      else if (edits[name]) applyEdit(field, edits[name](field.value, field.selectionStart, field.selectionEnd));
    },
    signBefore: () => field.value[field.selectionStart - 1] ?? "",
    lineOfCaret: () => lineInTextarea(field),
    placeOfCaret: () => ({
      paragraph: paragraphAt(field.value, field.selectionStart),
      ratio: field.selectionStart / (field.value.length || 1),
    }),
    insert: (markdown) => insertText(field, markdown),
    insertWords: (words) => insertText(field, words),

    linkTyped({ written, linked }) {
      let index = field.value.indexOf(written);
      while (index >= 0 && isCode(field.value, index)) index = field.value.indexOf(written, index + 1);
      if (index >= 0) insertText(field, linked, index, index + written.length);
      return index >= 0;
    },

    linkAllTyped(links) {
      const edit = linkAll(field.value, links);
      if (edit) applyEdit(field, edit);
      return edit !== null;
    },

    hold(plain, isBlock = false) {
      const before = field.value.slice(0, field.selectionStart);
      const leading = isBlock && before.trim() ? breaksAfter(before) : "";
      const index = field.selectionStart + leading.length;
      insertText(field, leading + plain + (isBlock ? breaksBefore(field.value.slice(field.selectionEnd)) : ""));
      return {
        /* Put blocks between empty lines, words into the line they were put into. */
        replace(markdown) {
          const from = find(plain, index);
          if (from < 0) return false;
          const to = from + plain.length;
          const isApart = !isBlock && BLOCK.test(markdown);
          const [head, tail] = [field.value.slice(0, from), field.value.slice(to)];
          const text =
            (isApart && head.trim() ? breaksAfter(head) : "") +
            markdown +
            (isApart && tail.trim() ? breaksBefore(tail) : "");
          const caret = field.selectionStart;
          const next = !isBlock || caret < to ? from + text.length : caret + text.length - plain.length;
          applyEdit(field, { from, to, text, select: [next, next] });
          return true;
        },
      };
    },
  };
};

/* The surface in use. `use` puts another in the place of the textarea, and null takes it away. */
export const createSurfaces = (field, edits) => {
  const textarea = textareaSurface(field, edits);
  let other = null;
  return {
    get current() {
      return other ?? textarea;
    },
    use(surface) {
      other = surface;
    },
  };
};
