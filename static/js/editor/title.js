/* The title: one line above the text. Enter leads on into the text, and of many lines that are pasted or dropped the
   first is the title and the others are the text, so that nobody writes an essay into a field of one line. A title is
   never cut; one that is too long says so at once. */
import { countedIn } from "../lib/counts.js";
import { isOneLine, withPlainLineEnds } from "../lib/line-ends.js";
import { isPlainPaste } from "../lib/plain-paste.js";
import { insertText } from "../lib/text-field.js";
import { withoutFirstLine } from "./first-line.js";

const ENTERS = ["insertLineBreak", "insertParagraph"];

/* The first line that has words, and what follows it. */
const splitLines = (plain) => {
  const [line, ...others] = withPlainLineEnds(plain.trim()).split("\n");
  return [line.replace(/\s+/g, " ").trim(), others.join("\n").replace(/^(?:[^\S\n]*\n)+/, "")];
};

/* The content of a clipboard, for a function that pastes. */
const transferOf = (plain, html) => ({ getData: (type) => (type === "text/html" ? html : plain) });

/* The place in a text area where something is dropped; its end where the browser does not tell. */
const placeOfDrop = (title, { clientX, clientY }) => {
  const { offsetNode, offset } = document.caretPositionFromPoint?.(clientX, clientY) ?? {};
  return offsetNode === title ? offset : title.value.length;
};

/* Report the length of a title that is too long. */
const startCounting = (title, told) => {
  const count = () => {
    const chars = [...title.value.trim().replace(/\s+/g, " ")].length;
    const isTooLong = chars > Number(told.dataset.max);
    told.textContent = isTooLong ? countedIn(told, chars) : "";
    if (isTooLong) title.setAttribute("aria-invalid", "true");
    else title.removeAttribute("aria-invalid");
  };
  title.addEventListener("input", count);
  if (title.value.length > told.dataset.max) count();
};

/* `paste` is that of paste.js: what it does not take goes in as it is. */
export const startTitle = (form, field, surfaces, paste) => {
  const { title } = form.elements;
  const told = form.querySelector("[data-title-told]");
  const moved = form.querySelector("[data-title-moved]");
  const { max } = told.dataset;
  startCounting(title, told);

  const focusText = () => {
    if (field.closest(".frame").dataset.view === "preview") form.querySelector('[data-view="write"]').click();
    surfaces.focusStart();
  };

  /* Put words before the text, as if they were pasted into it. */
  const putIntoText = (words, html, isPlain) => {
    const isFirst = !field.value.trim();
    focusText();
    if (!isFirst || !paste(transferOf(words, html), isPlain)) {
      surfaces.current.hold(isFirst ? words : `${words}\n\n`).release();
    }
    moved.textContent = moved.dataset.told;
  };

  /* Put lines where the caret of the title is. A first line that is too long for a title is text as well. */
  const putLines = (plain, { html = "", isPlain = false } = {}) => {
    const [line, rest] = splitLines(plain);
    const length = title.value.length - (title.selectionEnd - title.selectionStart) + line.length;
    if (rest && length > max) {
      putIntoText(plain.trim(), html, isPlain);
      return;
    }
    insertText(title, line);
    if (rest) putIntoText(rest, html && withoutFirstLine(html, line), isPlain);
  };

  const isOpen = () => !title.readOnly && !surfaces.current.isReadOnly();

  title.addEventListener("paste", (event) => {
    const plain = event.clipboardData.getData("text/plain");
    if (isOneLine(plain) || !isOpen()) return;
    event.preventDefault();
    if (!plain.trim()) return;
    putLines(plain, { html: event.clipboardData.getData("text/html"), isPlain: isPlainPaste() });
  });
  title.addEventListener("drop", (event) => {
    const plain = event.dataTransfer.getData("text/plain");
    if (isOneLine(plain) || !isOpen()) return;
    event.preventDefault();
    const place = placeOfDrop(title, event);
    title.focus();
    title.setSelectionRange(place, place);
    if (plain.trim()) putLines(plain, { html: event.dataTransfer.getData("text/html") });
  });
  title.addEventListener("beforeinput", (event) => {
    const lines = ENTERS.includes(event.inputType) ? "\n" : (event.data ?? "");
    if (isOneLine(lines) || !event.cancelable || !isOpen()) return;
    event.preventDefault();
    if (lines.trim()) putLines(lines);
    else focusText();
  });
  /* Some ways to write ask nobody before: an input method, the suggestions of a keyboard. */
  const tidy = (event) => {
    if (event.isComposing || event.inputType?.startsWith("history") || isOneLine(title.value) || !isOpen()) return;
    const [line, rest] = splitLines(title.value);
    insertText(title, line, 0, title.value.length);
    if (rest) putIntoText(rest, "", false);
    else focusText();
  };
  title.addEventListener("input", tidy);
  title.addEventListener("compositionend", tidy);
};
