/* The place to write: the textarea, or the visual editor while it is open. What changes a text asks for
   the surface and knows neither. A surface has

   element            what has the focus, and the attributes of a list that opens at the caret
   isMarkdown         whether the words one writes on it are Markdown
   isReadOnly()
   focus()
   run(name)          a command of the toolbar
   signBefore()       the sign before the caret, or nothing
   lineOfCaret()      where the line of the caret is, { top, bottom } in pixels of the window
   placeOfCaret()     its { paragraph } in words, and the { ratio } of the text that is before it
   moveCaret(ratio)   puts the caret there, and the focus
   citationTarget()   what the card of citations changes (citation-card.js): the citation at the caret; null for none
   insertWords(words) words where the caret is, without any marks
   insertCitation(source)  a citation where the caret is, by its Markdown
   insertBlock(markdown)   a block of its own where the caret is, or behind what is selected; it resolves to whether
                      the text has it
   linkTyped(places, place)  what is typed by hand in one of the places that the site names (lib/typed-links.js)
                      becomes a citation by key; it resolves to whether it did
   linkAllTyped(places) so does what is typed in all of them, as one step of undo; it resolves to whether all did
   hold(plain, { byLine })  a plain text where the caret is, found again while somebody writes on until release() of
                      the answer: `written` is its Markdown, isThere() says whether it still is what it was, in the editor that one sees, and
                      replace(markdown) makes it the text; that resolves to whether it did. In the visual editor each
                      line is a paragraph unless `byLine` is false: then lines belong together as in Markdown,
                      `keepsLines` says whether they keep their ends, as in a comment and in a cell of a table,
                      isTooLarge(markdown) resolves to whether it has blocks, of which a cell has none, so that their
                      signs stay, and isReadAs(markdown) to whether the site reads what is there

   What comes later than it was asked for stands where it was asked for, and leaves the caret with its words. The
   visual surface has more for its own parts (visual/surface.js). */
import { lineInTextarea } from "../lib/caret-line.js";
import { holdText } from "../lib/held-text.js";
import { breaksAfter, breaksBefore } from "../lib/text-edits.js";
import { applyEdit, editBeside, insertText } from "../lib/text-field.js";
import { linkAll } from "../lib/typed-links.js";
import { citationInTextarea } from "./citation-in-textarea.js";
import { paragraphAt } from "./paragraphs.js";

const BLOCK = /\n|^(?:#{2,6} |> |- |1\. )/;

const HISTORY = ["undo", "redo"];

/* `isShown` says whether the textarea is what one sees. */
const textareaSurface = (field, edits, isShown) => {
  /* A text apart from what is before and behind it, by empty lines. */
  const setApart = (text, before, after) =>
    (before.trim() ? breaksAfter(before) : "") + text + (after.trim() ? breaksBefore(after) : "");

  const linkTyped = (places) => {
    const edit = linkAll(field.value, places);
    if (edit) applyEdit(field, edit);
    return edit !== null;
  };

  return {
    element: field,
    isMarkdown: true,
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
    moveCaret(ratio) {
      const place = Math.round(ratio * field.value.length);
      field.focus({ preventScroll: true });
      field.setSelectionRange(place, place);
      scrollBy({ top: lineInTextarea(field).top - innerHeight / 2, behavior: "instant" });
    },
    citationTarget: () => citationInTextarea(field),
    insertWords: (words) => insertText(field, words),
    insertCitation: (source) => insertText(field, source),

    insertBlock(markdown) {
      const { selectionEnd: place } = field;
      const text = setApart(markdown, field.value.slice(0, place), field.value.slice(place));
      insertText(field, text, place, place);
      return true;
    },

    linkTyped: (_places, place) => linkTyped([place]),
    linkAllTyped: linkTyped,

    hold(plain) {
      insertText(field, plain);
      const held = holdText(field, field.selectionStart - plain.length, field.selectionStart);
      const isThere = () => isShown() && held.isIntact();
      return {
        written: plain,
        isThere,
        release: held.release,
        /* Put blocks between empty lines, words into the line they were put into. */
        replace(markdown) {
          if (!isThere()) return false;
          const { from, to } = held.range;
          const [head, tail] = [field.value.slice(0, from), field.value.slice(to)];
          editBeside(field, { from, to, text: BLOCK.test(markdown) ? setApart(markdown, head, tail) : markdown });
          return true;
        },
      };
    },
  };
};

/* The surface in use. `use` puts that of another editor, { surface, focusStart }, in the place of the textarea, and null
   takes it away. */
export const createSurfaces = (field, edits) => {
  let other = null;
  const textarea = textareaSurface(field, edits, () => other === null);
  return {
    get current() {
      return other?.surface ?? textarea;
    },
    use(editor) {
      other = editor;
    },
    focusStart() {
      if (other) {
        other.focusStart();
        return;
      }
      field.focus();
      field.setSelectionRange(0, 0);
    },
  };
};
