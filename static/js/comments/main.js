/* The pages with comments: what is typed saves itself, and a reply opens below its comment. */
import { startAutosave } from "../lib/autosave.js";
import { startInlineReplies } from "./inline-reply.js";

startAutosave();
startInlineReplies();
