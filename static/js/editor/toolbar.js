/* The tools above a text, and their keys. One stop of the Tab key; arrows lead from tool to tool.
   Whoever has no script types the same signs. */
import { bold, bullets, continueList, heading, italic, link, numbers, quote } from "../lib/text-edits.js";
import { applyEdit } from "../lib/text-field.js";

const EDITS = { bold, italic, heading, quote, bullets, numbers, link };
const KEYS = { b: bold, i: italic, k: link };

/* Let Tab reach one button of a toolbar and the arrow keys, Home and End the others. */
const startRovingFocus = (bar) => {
  const buttons = () => [...bar.querySelectorAll("button:not(:disabled)")].filter((button) => !button.hidden);
  const setTabStop = (current) => {
    for (const button of buttons()) button.tabIndex = button === current ? 0 : -1;
  };
  bar.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = buttons();
    const index = all.indexOf(event.target.closest("button"));
    const isRightToLeft = getComputedStyle(bar).direction === "rtl";
    const step = { ArrowRight: isRightToLeft ? -1 : 1, ArrowLeft: isRightToLeft ? 1 : -1 }[event.key];
    const next = { Home: 0, End: all.length - 1 }[event.key] ?? (step && (index + step + all.length) % all.length);
    if (next === undefined) return;
    event.preventDefault();
    setTabStop(all[next]);
    all[next].focus();
  });
  bar.addEventListener("focusin", (event) => setTabStop(event.target.closest("button")));
  setTabStop(buttons()[0]);
};

export const startToolbar = (form, field) => {
  const bar = form.querySelector("[role=toolbar]");
  if (!bar) return;
  const use = (edit) => applyEdit(field, edit(field.value, field.selectionStart, field.selectionEnd));

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-edit]");
    if (button && !field.readOnly) use(EDITS[button.dataset.edit]);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || event.altKey || event.shiftKey) return;
    if (event.ctrlKey || event.metaKey) {
      const edit = KEYS[event.key.toLowerCase()];
      if (!edit) return;
      event.preventDefault();
      use(edit);
    } else if (event.key === "Enter" && field.selectionStart === field.selectionEnd) {
      const edit = continueList(field.value, field.selectionStart);
      if (!edit) return;
      event.preventDefault();
      applyEdit(field, edit);
    }
  });
  startRovingFocus(bar);
};
