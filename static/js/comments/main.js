/* The pages with comments: what is typed saves itself, a reply opens below its comment, and a link to the
   form puts the focus in it. */
import { startAutosave } from "../lib/autosave.js";
import { startComposerFocus } from "./composer-focus.js";
import { startInlineReplies } from "./inline-reply.js";

startAutosave();
startInlineReplies();
startComposerFocus();
