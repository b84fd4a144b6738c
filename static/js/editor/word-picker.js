/* A list of words that opens behind a sign: of people at @, of saved comments at /. The text keeps the focus:
   arrows choose, Enter inserts, Escape closes. Without scripts people type the same. */
import { countedIn } from "../lib/counts.js";
import { insertText } from "../lib/text-field.js";
import { announceList, isForText, keepFocusInText, LEAVING_KEYS, STEPS, startInTextarea } from "./caret-list.js";

const MAX_OPTIONS = 8;

/* A picker that knows no text: a reader tells it what is before the caret, and replaces that. `address` knows the
   entries, and `read` takes them from its answer; `typedWord` finds what is typed behind the `sign` at the end of a
   text, or null, `match` the entries for it, and `wordsOf` what an entry puts into the text. */
const createWordPicker = (box, status, { address, read, typedWord, match, sign, wordsOf }) => {
  const list = box.querySelector("[role=listbox]");
  let entries = null; // a promise, once somebody has typed the sign
  let hasFailed = false;
  let current = 0;
  let typed = "";
  let reader = null;

  const ask = async () => {
    try {
      const response = await fetch(address);
      return response.ok && !response.redirected ? read(await response.json()) : null;
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
  const createOption = (entry, number) => {
    const option = document.createElement("li");
    option.id = `${list.id}_${number}`;
    option.setAttribute("role", "option");
    option.dir = "auto";
    option.textContent = entry;
    return option;
  };
  const offer = (found) => {
    list.replaceChildren(...found.map(createOption));
    box.style.insetBlockStart = `${reader.bottomOf(typed)}px`;
    box.hidden = false;
    status.textContent = countedIn(status, found.length);
    select(0);
  };
  const insert = (option) => {
    const words = wordsOf(option.textContent);
    close();
    reader.replace(typed, words);
  };

  keepFocusInText(box);
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) insert(option);
  });

  return {
    close,
    attach: (element) => announceList(element, list),

    /* Open, narrow or close the list after the text has changed. */
    async update(of) {
      reader = of;
      const begun = typedWord(reader.before() ?? "");
      if (!begun && hasFailed) {
        hasFailed = false;
        entries = null; // the next sign asks again
      }
      if (begun === null) {
        close();
        return;
      }
      entries ??= load();
      const all = await entries;
      const word = typedWord(reader.before() ?? ""); // somebody may have gone on typing
      const found = word === null ? [] : match(all, word).slice(0, MAX_OPTIONS);
      typed = `${sign}${word}`;
      if (found.length) offer(found);
      else close();
    },

    /* Take a key that is meant for the list; return whether it was. */
    take(event) {
      if (box.hidden || isForText(event)) return false;
      const step = STEPS[event.key];
      if (step) select(current + step);
      else if (event.key === "Enter") insert(options()[current]);
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

/* Let a list open in the textarea. Returns its picker, which the visual editor uses too. */
export const startWordPicker = (box, status, field, surfaces, kind) => {
  const picker = createWordPicker(box, status, kind);
  startInTextarea(picker, field, surfaces, textareaReader(field));
  return picker;
};
