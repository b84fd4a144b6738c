/* The list of references at the caret as elements: rows of one or two options, one of which is the current. */
import { shownForms } from "../lib/citation-forms.js";
import { modeOf } from "./mode-parts.js";

const MAX_SHOWN_CHARS = 80;
const shortened = (text) => (text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text);

const createText = (text) => {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
};

const createOption = (id, text) => {
  const option = createText(text);
  option.id = id;
  option.dir = "auto";
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  return option;
};

/* A reference has two options: cite in brackets, cite in the sentence. Its key is for those who type it. */
const createReference = ({ entry, source, key, label }, number, hasKey) => {
  const { bracketed, narrative } = shownForms(label);
  const options = [createOption(`cite-${number}`, bracketed), createOption(`cite-${number}-in`, narrative)];
  const forms = document.createElement("span");
  forms.className = "cite-forms";
  forms.append(...options);
  if (key && hasKey) {
    const code = createText(`@${key}`);
    code.className = "code meta";
    forms.append(code);
  }
  const words = createText(entry);
  words.className = "work-line";
  words.id = `cite-${number}-entry`;
  words.dir = "auto";
  const row = document.createElement("div");
  row.className = "cite-row";
  row.setAttribute("role", "group");
  row.setAttribute("aria-labelledby", words.id);
  row.append(words);
  if (source) {
    const from = createText(source);
    from.className = "meta";
    row.append(from);
  }
  row.append(forms);
  return { row, options };
};

const createAct = (text, number) => {
  const option = createOption(`cite-${number}`, text);
  option.className = "cite-act";
  return { row: option, options: [option] };
};

/* `target` returns the element that has the focus while the list is open. */
export const createCitationList = (list, target) => {
  let rows = []; // { row, options, item }
  let current = -1;

  const select = (number) => {
    current = number;
    for (const [index, { row, options }] of rows.entries()) {
      row.classList.toggle("is-current", index === current);
      for (const [place, option] of options.entries())
        option.setAttribute("aria-selected", index === current && place === 0);
    }
    const chosen = rows[current]?.options[0];
    if (!chosen) return target().removeAttribute("aria-activedescendant");
    target().setAttribute("aria-activedescendant", chosen.id);
    rows[current].row.scrollIntoView({ block: "nearest" });
  };

  return {
    select,
    get current() {
      return rows[current]?.item ?? null;
    },
    get isEmpty() {
      return rows.length === 0;
    },

    /* Show items: references, { key?, label, entry, source? }, and acts, { act, text }. */
    show(items) {
      const before = rows[current]?.item;
      const hasKeys = modeOf(list.closest("form")) === "markdown";
      rows = items.map((item, number) => ({
        item,
        ...(item.act ? createAct(item.text, number) : createReference(item, number, hasKeys)),
      }));
      list.replaceChildren(...rows.map(({ row }) => row));
      list.hidden = rows.length === 0;
      const same = before ? items.findIndex(({ id }) => id === before.id) : -1;
      select(same);
    },

    move(step) {
      if (rows.length) select((Math.max(current, step > 0 ? -1 : 0) + step + rows.length) % rows.length);
    },

    /* The item and the form that an element of the list stands for, or null. */
    chosen(of) {
      const option = of.closest("[role=option]");
      const found = option && rows.find(({ options }) => options.includes(option));
      return found ? { item: found.item, isInSentence: found.options.indexOf(option) === 1 } : null;
    },
  };
};

export const addAct = (words, typed) => ({ act: "add", id: "add", text: words.replace("%s", shortened(typed)) });
export const typeInAct = (words) => ({ act: "type-in", id: "type-in", text: words });
