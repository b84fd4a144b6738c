/* Typing / in feedback opens the comments that a grader keeps: a number is the place of one, a word is one of its
   words. What goes into the text are the words of the comment. */

import { matchTexts, typedSlash } from "./saved-texts.js";
import { startWordPicker } from "./word-picker.js";

/* Returns the picker, which the visual editor uses too, and nothing where the form has no such list. */
export const startSavedComments = (form, field, surfaces) => {
  const box = form.querySelector("[data-saved-comments]");
  if (!box) return null;
  return startWordPicker(box, form.querySelector("[data-saved-told]"), field, surfaces, {
    address: box.dataset.savedComments,
    read: ({ texts }) => texts,
    typedWord: typedSlash,
    match: matchTexts,
    sign: "/",
    wordsOf: (text) => `${text} `,
  });
};
