/* The grading desk: the queue folds on a narrow screen, and the rubric listens to keys. */
import { startSmallEditor } from "../editor/small.js";
import { startRubric } from "./rubric.js";

const form = document.getElementById("grading");
if (form) {
  const queue = document.getElementById("queue");
  if (queue && matchMedia("(width < 72rem)").matches) queue.open = false;
  startRubric(form);
  startSmallEditor(form);
}
