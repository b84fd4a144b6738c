/* Whoever signs out may share this computer, so no copy of what they typed stays in the browser, and no
   other tab writes one again. Words that the site does not have would be lost, so the browser asks first. */
import { forgetCopied } from "../lib/clipboard.js";
import { deleteCopiesOf, findCopiesOf, stopCopying } from "../lib/local-copies.js";
import { markSignedIn, markSignedOut, watchSession } from "../lib/signed-out.js";

const SAVE_WAIT_MS = 2000;
const STEP_MS = 200;
const SIGNING_OUT_KEY = "signing out";

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

const leaveNothing = async (writer) => {
  markSignedOut(writer);
  forgetCopied(writer);
  await deleteCopiesOf(writer);
};

const signOut = async (form) => {
  const { writer, question } = form.dataset;
  if ((await hasUnsavedWords(writer)) && !confirm(question)) return;
  stopCopying(writer);
  await leaveNothing(writer);
  try {
    sessionStorage.setItem(SIGNING_OUT_KEY, writer);
  } catch {
    /* private windows may refuse */
  }
  form.submit();
};

/* A tab that was opened while somebody signed out is still theirs; once the site has signed them out,
   the same is done again. */
const finishSigningOut = (signedIn) => {
  try {
    const writer = sessionStorage.getItem(SIGNING_OUT_KEY);
    sessionStorage.removeItem(SIGNING_OUT_KEY);
    if (writer && writer !== signedIn) leaveNothing(writer);
  } catch {
    /* private windows may refuse */
  }
};

/* Report it in a tab that stays open, at each form that would have been stored. */
const showSignedOut = (writer) => {
  const showNotices = (isShown) => {
    for (const notice of document.querySelectorAll("[data-signed-out-here]")) notice.hidden = !isShown;
  };
  watchSession(writer, {
    onSignedOut: () => {
      deleteCopiesOf(writer); // one may have been on its way
      showNotices(true);
    },
    onSignedIn: () => showNotices(false),
  });
};

export const startSignOut = () => {
  const forms = [...document.querySelectorAll("form[data-sign-out]")];
  const writer = forms[0]?.dataset.writer;
  finishSigningOut(writer);
  if (!writer) return;
  markSignedIn(writer);
  showSignedOut(writer);
  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      signOut(form);
    });
  }
};
