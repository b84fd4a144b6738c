/* In Markdown, an address that is pasted over words makes them a link. Ctrl+Shift+V pastes it as it is. */
import { linkTo } from "../lib/text-edits.js";
import { applyEdit } from "../lib/text-field.js";

export const startPastedLinks = (field) => {
  let isPlainKey = false;
  field.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v") isPlainKey = event.shiftKey;
  });
  field.addEventListener("paste", (event) => {
    const isPlain = isPlainKey;
    isPlainKey = false;
    if (event.defaultPrevented || field.readOnly || isPlain) return;
    const address = event.clipboardData.getData("text/plain").trim();
    const edit = linkTo(address, field.value, field.selectionStart, field.selectionEnd);
    if (!edit) return;
    event.preventDefault();
    applyEdit(field, edit);
  });
};
