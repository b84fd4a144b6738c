/* The page “My network”. */
import { startWeeks } from "./weeks.js";
import { startLines } from "./why.js";

for (const form of document.querySelectorAll("form[data-weeks]")) startWeeks(form);
startLines();
