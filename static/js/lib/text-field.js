/* The focus of a text, and changes to a text field that the browser's own undo takes back. */

/* Make one edit (text-edits.js). execCommand keeps the browser's undo; setRangeText is for those
   browsers that gave it up. */
export const applyEdit = (field, { from, to, text, select }) => {
  field.focus();
  field.setSelectionRange(from, to);
  const isDone = text ? document.execCommand("insertText", false, text) : from === to || document.execCommand("delete");
  if (!isDone) {
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(...select);
};

/* Put a text where the caret is, or in place of a part; the caret is behind it afterwards. */
export const insertText = (field, text, from = field.selectionStart, to = field.selectionEnd) => {
  applyEdit(field, { from, to, text, select: [from + text.length, from + text.length] });
};

/* Put the focus into the text of a form, in whichever of the two editors it is. */
export const focusText = (form) => {
  const places = [form.elements.text, form.querySelector("[data-visual] [contenteditable]")];
  places.find((place) => place && !place.closest("[hidden]"))?.focus({ preventScroll: true });
};
