/* Typing @ opens the people who can read what one writes. What goes into the text are words, "@Ada Lovelace";
   blog/queries/comments.py says how a program finds who is meant. */
import { matchNames, typedName } from "./names.js";
import { startWordPicker } from "./word-picker.js";

const NOBODY = { attach() {}, close() {}, update() {}, take: () => false };

/* Mention people. Returns the picker, which the visual editor uses too. */
export const startMentions = (form, field, surfaces) => {
  const box = form.querySelector("[data-people]");
  if (!box) return NOBODY;
  return startWordPicker(box, form.querySelector("[data-people-told]"), field, surfaces, {
    address: box.dataset.people,
    read: ({ names }) => names,
    typedWord: typedName,
    match: matchNames,
    sign: "@",
    wordsOf: (name) => `@${name} `,
  });
};
