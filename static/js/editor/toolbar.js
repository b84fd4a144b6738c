/* The tools above a text, and their keys. One stop of the Tab key; arrows lead from tool to tool.
   Whoever has no script types the same signs. */
import { footnote, table } from "../lib/text-blocks.js";
import {
  bold,
  bullets,
  code,
  continueList,
  italic,
  link,
  numbers,
  quote,
  strike,
  style,
  styleAt,
} from "../lib/text-edits.js";
import { applyEdit } from "../lib/text-field.js";
import { startPastedLinks } from "./pasted-links.js";

const STYLES = ["paragraph", "heading", "subheading"];

export const EDITS = {
  ...{ bold, italic, strike, code, quote, bullets, numbers, link, table, footnote },
  ...Object.fromEntries(STYLES.map((name) => [name, style(name)])),
};
const KEYS = { b: bold, i: italic, k: link };

const TOOLS = "button:not(:disabled), input:not(:disabled), select:not(:disabled)";

/* Let Tab reach one tool of a bar and the arrow keys, Home and End the others. */
const startRovingFocus = (bar) => {
  const tools = () => [...bar.querySelectorAll(TOOLS)].filter((tool) => !tool.closest("[hidden]"));
  const setTabStop = (current) => {
    for (const tool of bar.querySelectorAll(TOOLS)) tool.tabIndex = tool === current ? 0 : -1;
  };
  const keepTabStop = () => {
    const all = tools();
    setTabStop(all.find((tool) => tool.tabIndex === 0) ?? all[0]);
  };
  bar.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.localName === "select" && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      event.preventDefault(); // else each step would be a choice, and lead away
      event.target.showPicker();
      return;
    }
    const all = tools();
    const index = all.indexOf(event.target.closest(TOOLS));
    const isRightToLeft = getComputedStyle(bar).direction === "rtl";
    const step = { ArrowRight: isRightToLeft ? -1 : 1, ArrowLeft: isRightToLeft ? 1 : -1 }[event.key];
    const next = { Home: 0, End: all.length - 1 }[event.key] ?? (step && (index + step + all.length) % all.length);
    if (next === undefined) return;
    event.preventDefault();
    setTabStop(all[next]);
    all[next].focus();
  });
  bar.addEventListener("focusin", (event) => setTabStop(event.target.closest(TOOLS)));
  bar.hidden = false;
  setTabStop(tools()[0]);
  // Some tools come and go with the editor and with the place of the caret.
  new MutationObserver(keepTabStop).observe(bar, { subtree: true, attributeFilter: ["hidden"] });
};

/* The style of the paragraph: shown for the caret of the textarea (the visual editor shows its own), and chosen. */
const startStyles = (bar, field, surfaces) => {
  const list = bar.querySelector("[data-style]");
  if (!list) return;
  list.addEventListener("change", () => {
    if (!surfaces.current.isReadOnly()) surfaces.current.run(list.value);
  });
  document.addEventListener("selectionchange", () => {
    if (document.activeElement === field) list.value = styleAt(field.value, field.selectionStart);
  });
};

export const startToolbar = (form, field, surfaces) => {
  const bar = form.querySelector("[role=toolbar]");
  if (!bar) return;
  const use = (edit) => applyEdit(field, edit(field.value, field.selectionStart, field.selectionEnd));

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-edit]");
    if (button && !surfaces.current.isReadOnly()) surfaces.current.run(button.dataset.edit);
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
  startPastedLinks(field);
  startStyles(bar, field, surfaces);
  startRovingFocus(bar);
};
