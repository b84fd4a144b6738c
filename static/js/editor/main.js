/* The writing desk. Every button works without scripts; these make it smoother. */
import { startAutosave } from "../lib/autosave.js";
import { startGrowing } from "./autogrow.js";
import { startReturning } from "./caret-place.js";
import { createCitationCard } from "./citation-card.js";
import { startCitationPicker } from "./citation-picker.js";
import { createFinder } from "./find-references.js";
import { startFullScreen } from "./full-screen.js";
import { openAtWrongField } from "./invalid-field.js";
import { startModes } from "./modes.js";
import { startPaste } from "./paste.js";
import { startPictures } from "./pictures.js";
import { startPreview } from "./preview.js";
import { startReferencesPanel } from "./references-panel.js";
import { startSaving } from "./saving.js";
import { createSurfaces } from "./surface.js";
import { startTitle } from "./title.js";
import { EDITS, startToolbar } from "./toolbar.js";
import { startViewport } from "./viewport.js";

const form = document.querySelector("[data-desk]");
const field = form?.querySelector("textarea[name=text]");
// What is typed in it belongs to the text that goes out, so it listens first of all.
const card = field && createCitationCard(form);
startAutosave();

if (field) {
  form.toggleAttribute("data-running", true);
  const surfaces = createSurfaces(field, EDITS);
  // An open list of references takes a key before the toolbar does, so it listens first.
  const finder = createFinder(form);
  const picker = startCitationPicker(form, field, surfaces, { finder, card });
  startToolbar(form, field, surfaces);
  startFullScreen(form);
  startPreview(form, field, surfaces);
  startSaving(form);
  startReferencesPanel(form, surfaces, finder);
  startGrowing(field);
  startViewport(form, field, surfaces);
  openAtWrongField(form);
  const paste = startPaste(form, field, surfaces, { picker, finder });
  startTitle(form, field, surfaces, paste);
  const pictures = startPictures(form, field, surfaces);
  const modes = startModes(form, field, surfaces, { picker, card, paste, pictures });
  startReturning(form, surfaces, modes);
}
