/* What every page has. The theme is not here: it is set before the first paint (theme.js). */
import { keepPageOnDrop } from "./file-drops.js";
import { startMenus } from "./menu.js";
import { startSendAgain } from "./send-again.js";
import { fillTimeZone } from "./time-zone.js";

startMenus();
startSendAgain();
keepPageOnDrop();
fillTimeZone();
