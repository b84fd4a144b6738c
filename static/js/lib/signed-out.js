/* Sign-outs from this browser since a page of theirs was opened. The mark is in
   localStorage: other tabs hear of it at once, and one that was asleep reads it before it stores anything.
   A session that merely ended leaves no mark, so what was typed then stays. */

/* When this page was asked for, by the clock that dates marks: that of performance.timeOrigin goes its own way where
   the clock of the machine is set. */
const openedAt = Date.now() - performance.now();

const markOf = (writer) => `signed out ${writer}`;

export const markSignedOut = (writer) => {
  try {
    localStorage.setItem(markOf(writer), Date.now());
  } catch {
    /* private windows may refuse */
  }
};

export const hasSignedOut = (writer) => {
  try {
    return Number(localStorage.getItem(markOf(writer))) > openedAt;
  } catch {
    return false;
  }
};

/* Record on a page of a person that they are signed in: they have come back since, if they had left. */
export const markSignedIn = (writer) => {
  try {
    if (!hasSignedOut(writer)) localStorage.removeItem(markOf(writer));
  } catch {
    /* private windows may refuse */
  }
};

/* Call back when another tab signs this person out, and when they are back. */
export const watchSession = (writer, { onSignedOut, onSignedIn }) => {
  addEventListener("storage", ({ key, newValue }) => {
    if (key !== markOf(writer)) return;
    if (newValue === null) onSignedIn();
    else onSignedOut();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && hasSignedOut(writer)) onSignedOut();
  });
};
