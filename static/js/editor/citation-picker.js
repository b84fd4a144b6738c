/* Typing @ opens the references under the caret. The text keeps the focus: arrows choose, Enter
   cites, Escape closes. Without this script people type [@key].

   The picker knows no text: a reader tells it what is before the caret, and cites. */
import { isCode } from "../lib/text-edits.js";
import { insertText } from "../lib/text-field.js";
import { citation, matchReferences, typedKey } from "./citations.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const LEAVING_KEYS = ["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];

/* A reader has `element` with the focus, before() with the text up to the caret (null where nothing can be
   cited), bottomOf(typed) with the place under what is typed, in pixels of the frame, and
   cite(reference, typed, isInSentence). */
export const createCitationPicker = (form) => {
  const box = form.querySelector("[data-cite-box]");
  const list = box.querySelector("[role=listbox]");
  const keysHelp = box.querySelector("[data-cite-keys]");
  const emptyNote = box.querySelector("[data-cite-note]");
  const status = form.querySelector("[data-cite-told]");
  let isCiting = false;
  let current = 0;
  let found = [];
  let typed = "";
  let reader = null;

  const references = () =>
    [...form.querySelectorAll(".shelf [data-cite]")].map((button) => ({
      key: button.dataset.cite.slice(2, -1),
      label: button.closest("li").querySelector(".work").textContent.trim(),
      shortLabel: button.dataset.label,
    }));
  const options = () => [...list.children];

  const close = () => {
    box.hidden = true;
    status.textContent = "";
    reader?.element.removeAttribute("aria-activedescendant");
  };

  const select = (number) => {
    current = (number + options().length) % options().length;
    for (const [index, option] of options().entries()) option.setAttribute("aria-selected", index === current);
    reader.element.setAttribute("aria-activedescendant", options()[current].id);
    options()[current].scrollIntoView({ block: "nearest" });
  };

  const open = (message) => {
    box.style.insetBlockStart = `${reader.bottomOf(typed)}px`;
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

  const offer = () => {
    list.replaceChildren(...found.map(createOption));
    list.hidden = false;
    keysHelp.hidden = false;
    emptyNote.hidden = true;
    open(found.length === 1 ? status.dataset.one : status.dataset.many.replace("%s", found.length));
    select(0);
  };

  const cite = (option, isInSentence) => {
    isCiting = true;
    reader.cite(found[options().indexOf(option)], typed, isInSentence);
    isCiting = false;
    close();
  };

  box.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) cite(option, event.shiftKey);
  });

  return {
    close,
    hasReferences: () => references().length > 0,
    isOpen: () => !box.hidden,
    attach(element) {
      element.setAttribute("aria-autocomplete", "list");
      element.setAttribute("aria-haspopup", "listbox");
      element.setAttribute("aria-controls", list.id);
    },

    /* Open, narrow or close the list after the text has changed. */
    update(of) {
      if (isCiting) return;
      reader = of;
      const key = typedKey(reader.before() ?? "");
      if (!key) {
        close();
        return;
      }
      typed = `@${key.typed}`;
      found = matchReferences(references(), key.typed);
      if (found.length) offer();
      else close();
    },

    /* Take a key that is meant for the list; return whether it was. */
    take(event) {
      if (box.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
      const step = STEPS[event.key];
      const hasOptions = !list.hidden;
      if (step && hasOptions) select(current + step);
      else if (event.key === "Enter" && hasOptions) cite(options()[current], event.shiftKey);
      else if (event.key === "Escape") close();
      else {
        if (LEAVING_KEYS.includes(event.key)) close();
        return false;
      }
      return true;
    },

    /* Say that there is nothing to cite yet. */
    explain(of) {
      reader = of;
      typed = "";
      list.hidden = true;
      keysHelp.hidden = true;
      emptyNote.hidden = false;
      open(emptyNote.textContent);
    },
  };
};

/* Where a place of a textarea is on the screen is known only by writing the same text into a box of the
   same size. */
const bottomInTextarea = (field, index) => {
  const mirror = document.createElement("div");
  const caret = document.createElement("span");
  const style = getComputedStyle(field);
  mirror.className = "mirror";
  for (const name of ["font", "letterSpacing", "padding", "textIndent"]) mirror.style[name] = style[name];
  mirror.style.inlineSize = `${field.clientWidth}px`;
  caret.textContent = "@";
  mirror.append(field.value.slice(0, index), caret);
  field.parentElement.append(mirror);
  const line = caret.offsetTop + caret.offsetHeight - field.scrollTop;
  mirror.remove();
  return field.offsetTop + Math.min(Math.max(line, 0), field.clientHeight);
};

const textareaReader = (field) => ({
  element: field,
  before() {
    const before = field.value.slice(0, field.selectionStart);
    const key = typedKey(before);
    return field.selectionStart === field.selectionEnd && key && !isCode(field.value, key.index) ? before : null;
  },
  bottomOf: (typed) => bottomInTextarea(field, field.selectionStart - typed.length),
  cite({ key }, typed, isInSentence) {
    const start = field.selectionStart - typed.length;
    insertText(field, citation(field.value, start, field.selectionStart, key, isInSentence), start);
  },
});

/* Cite in the textarea. Returns the picker, which the visual editor uses too. */
export const startCitationPicker = (form, field, surfaces) => {
  const picker = createCitationPicker(form);
  const reader = textareaReader(field);
  picker.attach(field);
  field.addEventListener("input", (event) => {
    if (surfaces.current.element === field && !event.isComposing) picker.update(reader);
  });
  field.addEventListener("keydown", (event) => {
    if (picker.take(event)) event.preventDefault();
  });
  field.addEventListener("blur", picker.close);
  field.addEventListener("mousedown", picker.close);
  form.querySelector("[data-cite-open]").addEventListener("click", () => {
    const { current } = surfaces;
    current.focus();
    if (picker.hasReferences()) current.insert(/[\s([]|^$/.test(current.signBefore()) ? "@" : " @");
    else picker.explain(current.reader ?? reader);
  });
  return picker;
};
