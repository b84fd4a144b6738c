/* Typing @ opens the references under the caret. The text keeps the focus: arrows choose, Enter
   cites, Escape closes. Without this script people type [@key]. */

import { isCode } from "../lib/text-edits.js";
import { insertText } from "../lib/text-field.js";
import { citation, matchReferences, typedKey } from "./citations.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const LEAVING_KEYS = ["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];

export const startCitationPicker = (form, field) => {
  const box = form.querySelector("[data-cite-box]");
  if (!box) return;
  const list = box.querySelector("[role=listbox]");
  const keysHelp = box.querySelector("[data-cite-keys]");
  const emptyNote = box.querySelector("[data-cite-note]");
  const status = form.querySelector("[data-cite-told]");
  let isCiting = false;
  let current = 0;
  let start = 0;

  const references = () =>
    [...form.querySelectorAll(".shelf [data-cite]")].map((button) => ({
      key: button.dataset.cite.slice(2, -1),
      label: button.closest("li").querySelector(".work").textContent.trim(),
    }));
  const options = () => [...list.children];

  const close = () => {
    box.hidden = true;
    status.textContent = "";
    field.removeAttribute("aria-activedescendant");
  };

  const select = (number) => {
    current = (number + options().length) % options().length;
    for (const [index, option] of options().entries()) option.setAttribute("aria-selected", index === current);
    field.setAttribute("aria-activedescendant", options()[current].id);
    options()[current].scrollIntoView({ block: "nearest" });
  };

  /* Where the caret is on the screen is known only by writing the same text into a box of the same size. */
  const caretLine = () => {
    const mirror = document.createElement("div");
    const caret = document.createElement("span");
    const style = getComputedStyle(field);
    mirror.className = "mirror";
    for (const name of ["font", "letterSpacing", "padding", "textIndent"]) mirror.style[name] = style[name];
    mirror.style.inlineSize = `${field.clientWidth}px`;
    caret.textContent = "@";
    mirror.append(field.value.slice(0, start), caret);
    field.parentElement.append(mirror);
    const line = caret.offsetTop + caret.offsetHeight - field.scrollTop;
    mirror.remove();
    return field.offsetTop + Math.min(Math.max(line, 0), field.clientHeight);
  };

  const open = (message) => {
    box.style.insetBlockStart = `${caretLine()}px`;
    box.hidden = false;
    status.textContent = message;
    box.scrollIntoView({ block: "nearest" });
  };

  const createOption = ({ key, label }, number) => {
    const option = document.createElement("li");
    const code = document.createElement("span");
    option.id = `cite-${number}`;
    option.setAttribute("role", "option");
    option.dataset.key = key;
    code.className = "code meta";
    code.textContent = `@${key}`;
    option.append(label, " ", code);
    return option;
  };

  const offer = (found) => {
    list.replaceChildren(...found.map(createOption));
    list.hidden = false;
    keysHelp.hidden = false;
    emptyNote.hidden = true;
    open(found.length === 1 ? status.dataset.one : status.dataset.many.replace("%s", found.length));
    select(0);
  };

  const update = () => {
    const hasSelection = field.selectionStart !== field.selectionEnd;
    const key = hasSelection ? null : typedKey(field.value.slice(0, field.selectionStart));
    if (!key || isCode(field.value, key.index)) return close();
    start = key.index;
    const found = matchReferences(references(), key.typed);
    return found.length ? offer(found) : close();
  };

  const cite = ({ dataset: { key } }, isInSentence) => {
    const text = citation(field.value, start, field.selectionStart, key, isInSentence);
    isCiting = true;
    insertText(field, text, start, field.selectionStart);
    isCiting = false;
    close();
  };

  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");
  field.setAttribute("aria-controls", list.id);
  field.addEventListener("input", (event) => {
    if (!isCiting && !event.isComposing) update();
  });
  field.addEventListener("keydown", (event) => {
    if (box.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    const hasOptions = !list.hidden;
    if (step && hasOptions) select(current + step);
    else if (event.key === "Enter" && hasOptions) cite(options()[current], event.shiftKey);
    else if (event.key === "Escape") close();
    else {
      if (LEAVING_KEYS.includes(event.key)) close();
      return;
    }
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  field.addEventListener("mousedown", close);
  box.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) cite(option, event.shiftKey);
  });
  form.querySelector("[data-cite-open]").addEventListener("click", () => {
    field.focus();
    if (references().length) {
      const before = field.value[field.selectionStart - 1] ?? " ";
      insertText(field, /[\s([]/.test(before) ? "@" : " @");
      return;
    }
    start = field.selectionStart;
    list.hidden = true;
    keysHelp.hidden = true;
    emptyNote.hidden = false;
    open(emptyNote.textContent);
  });
};
