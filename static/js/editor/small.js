/* The small editor of comments and feedback: few tools, the same two ways to write, and no module before
   somebody writes. Every form works without it. */
import { startMentions } from "./mentions.js";
import { startModes } from "./modes.js";
import { startParagraphNumbers } from "./paragraph-numbers.js";
import { startPaste } from "./paste.js";
import { startPreview } from "./preview.js";
import { startSavedComments } from "./saved-comments.js";
import { startSentenceStarters } from "./sentence-starters.js";
import { createSurfaces } from "./surface.js";
import { EDITS, startToolbar } from "./toolbar.js";

const NO_PICTURES = { paste() {}, drop() {} };

/* Insert words where the caret is, apart from the word before it. The first focus opens the visual editor, so they wait
   for it: its undo begins then, and a text that it opens has no space at its end. */
const insertApart = async (surfaces, modes, words) => {
  if (surfaces.current.isReadOnly()) return;
  surfaces.current.focus();
  await modes?.opened();
  const { current } = surfaces;
  current.insertWords(/^$|[\s([]/.test(current.signBefore()) ? words : ` ${words}`);
};

export const startSmallEditor = (form) => {
  const field = form.querySelector(".small-editor textarea");
  if (!field) return;
  const surfaces = createSurfaces(field, EDITS);
  // An open list of people, or in feedback of saved comments, takes a key before the toolbar does, so it listens first.
  const picker = startSavedComments(form, field, surfaces) ?? startMentions(form, field, surfaces);
  startToolbar(form, field, surfaces);
  const { paste: address } = form.querySelector("[data-visual]").dataset;
  const paste = startPaste(form, field, surfaces, { address });
  const modes = startModes(form, field, surfaces, { picker, paste, pictures: NO_PICTURES });
  const preview = startPreview(form, field, surfaces, { keepsUp: false });
  form.querySelector("[data-modes]").addEventListener("change", preview.close);
  const insert = (words) => {
    preview.close();
    insertApart(surfaces, modes, words);
  };
  form.querySelector("[role=toolbar]").addEventListener("click", ({ target }) => {
    const button = target.closest("[data-words]");
    if (button) insert(button.dataset.words);
  });
  startParagraphNumbers(form, insert);
  startSentenceStarters(form, insert);
};
