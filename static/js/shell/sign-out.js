/* Whoever signs out may share this computer, so no copy of what they typed stays in the browser. Words that
   the site does not have would be lost, so the browser asks first. */
import { deleteCopiesOf, findCopiesOf } from "../lib/copies.js";

const SAVE_WAIT_MS = 2000;
const STEP_MS = 200;

const pause = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/* Resolves to whether words are in this browser alone; a save on its way is waited for. */
const hasUnsavedWords = async (writer) => {
  for (let waited = 0; waited <= SAVE_WAIT_MS; waited += STEP_MS) {
    if (!(await findCopiesOf(writer)).length) return false;
    await pause(STEP_MS);
  }
  return true;
};

const signOut = async (form) => {
  const { writer, question } = form.dataset;
  if ((await hasUnsavedWords(writer)) && !confirm(question)) return;
  await deleteCopiesOf(writer);
  form.submit();
};

export const startSignOut = () => {
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      signOut(form);
    });
  }
};
