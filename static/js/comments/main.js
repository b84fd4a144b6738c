/* The pages with comments: typed text saves itself, a reply opens below its comment, a link to the form puts the
   focus in it, one to a comment opens its branch, and comments on a passage stand beside it. */
import { startAutosave } from "../lib/autosave.js";
import { startBranches } from "./branches.js";
import { startComposerFocus } from "./composer-focus.js";
import { startInlineReplies } from "./inline-reply.js";
import { layOutInParts } from "./lazy-layout.js";
import { startPassageNotes } from "./passage-notes.js";
import { startPassages } from "./passages.js";
import { startSeenComments } from "./seen-comments.js";
import { sendByKey } from "./send-by-key.js";
import { startWhenNeeded } from "./small-editor.js";

startAutosave();
for (const form of document.querySelectorAll("form[data-talk]")) {
  startWhenNeeded(form);
  sendByKey(form);
}
startBranches();
startInlineReplies();
startPassages();
startPassageNotes();
startComposerFocus();
startSeenComments();
layOutInParts();
