/* The grading desk: what is chosen, its keys, and the editor of the feedback. */
import { startSmallEditor } from "../editor/small.js";
import { focusText } from "../lib/text-field.js";
import { createQueue, createState } from "./autosaves.js";
import { startCriteria } from "./criteria.js";
import { startTyped } from "./grading-parts.js";
import { startKeys } from "./keys.js";
import { startLevels } from "./levels.js";
import { startMinutes } from "./minutes.js";
import { startOpenToo } from "./presence.js";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
const form = document.getElementById("grading");
if (form) {
  startSmallEditor(form);
  const focusFeedback = () => {
    form.querySelector(".feedback").scrollIntoView({ block: "nearest" });
    focusText(form);
  };
  const next = form.querySelector("[data-next]");
  const criteria = startCriteria(form, { onLast: () => next.focus() });
  startOpenToo(form, document.querySelector("[data-open-too]"));
  const autosaves = { queue: createQueue(form), state: createState(form) };
  startLevels(form, { ...autosaves, onChosen: criteria.show });
  startTyped(form, autosaves);
  startMinutes(form);
  startKeys(form, { criteria, focusFeedback, next });
  // On a narrow screen the rubric is below the post, and its focus would lead past that. What graders differ on is
  // open already.
  const isToSettle = form.querySelector("[data-settle]");
  const first = matchMedia("(width >= 72rem)").matches && !isToSettle && criteria.firstOpen();
  if (first && !form.hasAttribute("data-unsaved")) criteria.open(first);
}
