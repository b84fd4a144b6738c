/* The parts of every page. The theme is not here: it is set before the first paint (theme.js). */
import { startConnectionCheck } from "../lib/connection.js";
import { startCopiedForms } from "../lib/copied-forms.js";
import { startContentNotes } from "./content-notes.js";
import { startCopyLinks } from "./copy-link.js";
import { keepPageOnDrop } from "./file-drops.js";
import { startFollowing } from "./follow.js";
import { startGuestWords } from "./guest-text.js";
import { startMenus } from "./menu.js";
import { startSendAgain } from "./send-again.js";
import { startSignOut } from "./sign-out.js";
import { fillTimeZone } from "./time-zone.js";

startConnectionCheck(); // before all that listens for a form that goes out
startMenus();
startSendAgain();
keepPageOnDrop();
fillTimeZone();
startSignOut();
startGuestWords();
startCopiedForms();
startFollowing();
startContentNotes();
startCopyLinks();
