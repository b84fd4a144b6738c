/* The focus of a text, and changes to a text field that the browser's own undo takes back. */

/* Make one edit (text-edits.js). execCommand keeps the browser's undo; setRangeText is for those browsers that gave
   it up, and for a field that is hidden: execCommand would write into what has the focus instead. */
export const applyEdit = (field, { from, to, text, select }) => {
  field.focus();
  field.setSelectionRange(from, to);
  const write = () => (text ? document.execCommand("insertText", false, text) : document.execCommand("delete"));
  const isSame = from === to && !text;
  if (!isSame && !(document.activeElement === field && write())) {
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(...select);
};

/* Put a text where the caret is, or in place of a part; the caret is behind it afterwards. */
export const insertText = (field, text, from = field.selectionStart, to = field.selectionEnd) => {
  applyEdit(field, { from, to, text, select: [from + text.length, from + text.length] });
};

/* Make an edit that somebody asked for a while ago: the focus and the caret stay where they are by now. */
export const editBeside = (field, { from, to, text }) => {
  const { activeElement } = document;
  const { selectionStart, selectionEnd } = activeElement;
  const growth = text.length - (to - from);
  const after = (place) => {
    if (place >= to) return place + growth;
    return place <= from ? place : from + text.length;
  };
  applyEdit(field, { from, to, text, select: [after(field.selectionStart), after(field.selectionEnd)] });
  if (activeElement === field) return;
  activeElement.focus({ preventScroll: true });
  if (typeof selectionStart === "number") activeElement.setSelectionRange(selectionStart, selectionEnd);
};

/* Open a dialog over a text. Chromium gives a textarea its focus back with the caret at the start, where no key
   writes, so nothing has the focus when the dialog opens; who opens it gives it back. */
export const openOverText = (dialog) => {
  document.activeElement.blur();
  dialog.showModal();
};

/* Put the focus into the text of a form, in whichever of the two editors it is. */
export const focusText = (form) => {
  const places = [form.elements.text, form.querySelector("[data-visual] [contenteditable]")];
  const place = places.find((one) => one && !one.closest("[hidden]"));
  // The browser would first put the caret at the start, where a quick key writes: the editor gives its own, unless it
  // is about to open.
  place?.editor?.view.focus();
  if (document.activeElement !== place) place?.focus({ preventScroll: true });
};
