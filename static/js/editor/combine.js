/* The page that compares two versions of a draft: the text that combines them is written as in the editor, without the
   lists of references and people. A citation that is copied into it stays a citation. */
import { startModes } from "./modes.js";
import { startPaste } from "./paste.js";
import { createSurfaces } from "./surface.js";
import { EDITS, startToolbar } from "./toolbar.js";

const NO_FINDER = { refresh() {} };
const NO_PARTS = {
  picker: { attach() {}, close() {}, update() {}, take: () => false },
  card: { open: (target) => target.finish() },
  pictures: { paste() {}, drop() {} },
};

const form = document.querySelector("[data-combined]");
const field = form.querySelector("textarea[name=text]");
const { paste: address } = form.querySelector("[data-visual]").dataset;
const surfaces = createSurfaces(field, EDITS);
startToolbar(form, field, surfaces);
const paste = startPaste(form, field, surfaces, { address, finder: NO_FINDER });
startModes(form, field, surfaces, { ...NO_PARTS, paste });
