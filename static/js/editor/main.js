/* The writing desk. Every button works without scripts; these make it smoother. */
import { startAutosave } from "../lib/autosave.js";
import { startCitationPicker } from "./citation-picker.js";
import { startFullScreen } from "./full-screen.js";
import { startPaste } from "./paste.js";
import { startPictures } from "./pictures.js";
import { startPreview } from "./preview.js";
import { startSaving } from "./saving.js";
import { startToolbar } from "./toolbar.js";

startAutosave();

const form = document.querySelector("[data-desk]");
const field = form?.querySelector("textarea[name=text]");
if (field) {
  // An open list of references takes a key before the toolbar does, so it listens first.
  startCitationPicker(form, field);
  startToolbar(form, field);
  startFullScreen(form);
  startPreview(form, field);
  startSaving(form);
  startPaste(form, field);
  startPictures(form, field);
}
