/* In Markdown, an address that is pasted over words makes them a link. Ctrl+Shift+V pastes it as it is. */

import { isPlainPaste } from "../lib/plain-paste.js";
import { linkTo } from "../lib/text-edits.js";
import { applyEdit } from "../lib/text-field.js";

export const startPastedLinks = (field) => {
  field.addEventListener("paste", (event) => {
    if (event.defaultPrevented || field.readOnly || isPlainPaste()) return;
    const address = event.clipboardData.getData("text/plain").trim();
    const edit = linkTo(address, field.value, field.selectionStart, field.selectionEnd);
    if (!edit) return;
    event.preventDefault();
    applyEdit(field, edit);
  });
};
