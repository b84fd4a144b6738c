/* Typing @ opens the people who can read what one writes. The text keeps the focus: arrows choose, Enter
   mentions, Escape closes. What goes into the text are words, "@Ada Lovelace"; blog/queries/comments.py says
   how a program finds who is meant. Without this script people type the same. */
import { insertText } from "../lib/text-field.js";
import { announceList, isForText, keepFocusInText, LEAVING_KEYS, STEPS, startInTextarea } from "./caret-list.js";
import { matchNames, typedName } from "./names.js";

const MAX_OPTIONS = 8;
const NOBODY = { attach() {}, close() {}, update() {}, take: () => false };

const createPicker = (box, status) => {
  const list = box.querySelector("[role=listbox]");
  let names = null; // a promise, once somebody has typed an @
  let hasFailed = false;
  let current = 0;
  let typed = "";
  let reader = null;

  const ask = async () => {
    try {
      const response = await fetch(box.dataset.people);
      return response.ok && !response.redirected ? (await response.json()).names : null;
    } catch {
      return null;
    }
  };
  const load = async () => {
    const found = await ask();
    hasFailed = found === null;
    return found ?? [];
  };
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
  const createOption = (name, number) => {
    const option = document.createElement("li");
    option.id = `${list.id}_${number}`;
    option.setAttribute("role", "option");
    option.textContent = name;
    return option;
  };
  const offer = (found) => {
    list.replaceChildren(...found.map(createOption));
    box.style.insetBlockStart = `${reader.bottomOf(typed)}px`;
    box.hidden = false;
    status.textContent = found.length === 1 ? status.dataset.one : status.dataset.many.replace("%s", found.length);
    select(0);
  };
  const mention = (option) => {
    const words = `@${option.textContent} `;
    close();
    reader.replace(typed, words);
  };

  keepFocusInText(box);
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) mention(option);
  });

  return {
    close,
    attach: (element) => announceList(element, list),

    /* Open, narrow or close the list after the text has changed. */
    async update(of) {
      reader = of;
      const begun = typedName(reader.before() ?? "");
      if (!begun && hasFailed) {
        hasFailed = false;
        names = null; // the next @ asks again
      }
      if (begun === null) {
        close();
        return;
      }
      names ??= load();
      const all = await names;
      const name = typedName(reader.before() ?? ""); // somebody may have gone on typing
      const found = name === null ? [] : matchNames(all, name).slice(0, MAX_OPTIONS);
      typed = `@${name}`;
      if (found.length) offer(found);
      else close();
    },

    /* Take a key that is meant for the list; return whether it was. */
    take(event) {
      if (box.hidden || isForText(event)) return false;
      const step = STEPS[event.key];
      if (step) select(current + step);
      else if (event.key === "Enter") mention(options()[current]);
      else if (event.key === "Escape") close();
      else {
        if (LEAVING_KEYS.includes(event.key)) close();
        return false;
      }
      return true;
    },
  };
};

const textareaReader = (field) => ({
  element: field,
  before: () => (field.selectionStart === field.selectionEnd ? field.value.slice(0, field.selectionStart) : null),
  bottomOf: () => field.offsetTop + field.offsetHeight,
  replace: (typed, words) => insertText(field, words, field.selectionStart - typed.length),
});

/* Mention people in the textarea. Returns the picker, which the visual editor uses too. */
export const startMentions = (form, field, surfaces) => {
  const box = form.querySelector("[data-people]");
  if (!box) return NOBODY;
  const picker = createPicker(box, form.querySelector("[data-people-told]"));
  startInTextarea(picker, field, surfaces, textareaReader(field));
  return picker;
};
