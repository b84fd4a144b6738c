/* The values of a form in a draft, as { name: text } and, for boxes to check, { name: [value, …] }.
   A form without these boxes has none checked. */
const TEXTS = ["title", "text", "content_note", "audience", "public_until_day", "quotation", "passage"];
const BOXES = "used_comments";

export const isDraftField = (name) => name === BOXES || TEXTS.includes(name);

const textsOf = (form) => TEXTS.map((name) => form.elements[name]).filter(Boolean);
const boxesOf = (form) => [...form.elements].filter((field) => field.name === BOXES && field.type === "checkbox");
const checkedIn = (form, property) =>
  boxesOf(form)
    .filter((box) => box[property])
    .map((box) => box.value);

const defaultValueOf = (field) => {
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value;
};

export const draftFields = (form) => ({
  ...Object.fromEntries(textsOf(form).map((field) => [field.name, field.value])),
  [BOXES]: checkedIn(form, "checked"),
});

/* The fields as the page came with them. */
export const servedFields = (form) => ({
  ...Object.fromEntries(textsOf(form).map((field) => [field.name, defaultValueOf(field)])),
  [BOXES]: checkedIn(form, "defaultChecked"),
});

/* Fields without the boxes that a form has no more: what they were for is settled. */
export const fitFields = (form, fields) => {
  if (!(BOXES in fields)) return fields;
  const present = boxesOf(form).map((box) => box.value);
  return { ...fields, [BOXES]: present.filter((value) => fields[BOXES].includes(value)) };
};

export const applyFields = (form, fields) => {
  for (const field of textsOf(form)) if (field.name in fields) field.value = fields[field.name];
  if (BOXES in fields) for (const box of boxesOf(form)) box.checked = fields[BOXES].includes(box.value);
};

/* Check these boxes too: another tab of the draft has. */
export const checkMore = (form, keys) => {
  for (const box of boxesOf(form)) box.checked ||= keys.map(String).includes(box.value);
};

/* Make saved fields those that the page came with; what was typed meanwhile stays. */
export const recordSaved = (form, fields) => {
  for (const field of textsOf(form)) {
    if (field.name in fields && !field.options) field.defaultValue = fields[field.name];
  }
  for (const box of boxesOf(form)) box.defaultChecked = fields[BOXES].includes(box.value);
};

/* The words of the boxes that are checked in these fields. */
export const checkedWords = (form, fields) =>
  boxesOf(form)
    .filter((box) => (fields[BOXES] ?? []).includes(box.value))
    .map((box) => box.labels[0].textContent.trim().replace(/\s+/g, " "));
