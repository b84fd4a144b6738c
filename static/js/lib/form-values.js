/* The values of a form, as { name: text } and, for choices, { name: [value, …] }.
   Hidden fields, passwords and files are left out: they are the page's, a secret, or cannot be put back. */
const LEFT_OUT = ["hidden", "password", "file", "submit", "button", "reset", "image"];

const isRead = (field) => field.name && !LEFT_OUT.includes(field.type) && !field.closest("[data-not-copied]");
const isTick = (field) => field.type === "checkbox" || field.type === "radio";
const fieldsOf = (form) => [...form.elements].filter(isRead);

/* A list shows its first option where the page chooses none. */
const chosenOptions = ({ type, options }, property) => {
  const chosen = [...options].filter((option) => option[property]);
  return chosen.length || type !== "select-one" ? chosen : [...options].slice(0, 1);
};

const collect = (form, { text, ticked, selected }) => {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (isTick(field)) {
      values[field.name] ??= [];
      if (field[ticked]) values[field.name].push(field.value);
    } else if (field.options) values[field.name] = chosenOptions(field, selected).map(({ value }) => value);
    else values[field.name] = field[text];
  }
  return values;
};

export const currentValues = (form) => collect(form, { text: "value", ticked: "checked", selected: "selected" });

/* The values that the page came with. */
export const servedValues = (form) =>
  collect(form, { text: "defaultValue", ticked: "defaultChecked", selected: "defaultSelected" });

/* Put values into the fields that have their names. */
export const applyValues = (form, values) => {
  for (const field of fieldsOf(form)) {
    const value = values[field.name];
    if (value === undefined) continue;
    if (isTick(field)) field.checked = value.includes(field.value);
    else if (field.options) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
  }
};

const wordsOf = (element) => element?.textContent.trim().replace(/\s+/g, " ") ?? "";
const labelOf = (field) =>
  wordsOf(field.type === "radio" ? field.closest("fieldset")?.querySelector("legend") : field.labels?.[0]);
const chosenWords = (field, value) => {
  if (field.options) return [...field.options].filter((option) => value.includes(option.value)).map(wordsOf);
  return isTick(field) && value.includes(field.value) ? [field.dataset?.words ?? wordsOf(field.labels?.[0])] : [];
};

/* Choices of fields that the form has no more, by what they meant: JSON of { name: { value: words } }. */
const goneChoices = (inForm, values, choices) =>
  Object.entries(JSON.parse(choices || "{}"))
    .filter(([name]) => !(name in inForm))
    .flatMap(([name, meanings]) => (values[name] ?? []).map((value) => meanings[value]));

/* Return values that are not in the form in words, a paragraph for each field. */
export const describeValues = (form, values, choices = "") => {
  const inForm = currentValues(form);
  const paragraphs = new Map();
  for (const field of fieldsOf(form)) {
    const value = values[field.name];
    if (value === undefined || JSON.stringify(value) === JSON.stringify(inForm[field.name])) continue;
    const words = paragraphs.get(field.name) ?? [labelOf(field)];
    words.push(...(typeof value === "string" ? [value] : chosenWords(field, value)));
    paragraphs.set(field.name, words);
  }
  const texts = Object.entries(values).filter(([name, value]) => typeof value === "string" && !(name in inForm));
  const gone = [...texts.map(([, text]) => text), ...goneChoices(inForm, values, choices)].filter(Boolean);
  return [...[...paragraphs.values()].map((words) => words.filter(Boolean).join("\n")), ...gone].join("\n\n");
};
