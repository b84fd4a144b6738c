/* Before a form leaves for the site: is the site there? Else the browser would show its own error page in place of
   the text. Without this script it does, and the text is behind its Back button. */
const TIMEOUT_MS = 5000;
const VALID_MS = 10_000; // the saver holds a form back for as long as three seconds, and sends it then

/* Whatever the answer is, it came from the site: who is signed out, say, is asked there. A slow site is there. */
const isReachable = async (address) => {
  if (!navigator.onLine) return false;
  try {
    await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
    return true;
  } catch (error) {
    return error.name === "TimeoutError";
  }
};

export const startConnectionCheck = (form) => {
  const notice = form.querySelector("[data-no-connection]");
  if (!notice) return;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let isChecking = false;

  const say = (isMissing) => {
    notice.hidden = !isMissing;
  };

  addEventListener(
    "submit",
    async (event) => {
      if (event.target !== form || performance.now() - checkedAt < VALID_MS) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isChecking) return;
      isChecking = true;
      say(false);
      const { submitter } = event;
      const isThere = await isReachable(form.elements.writer.dataset.token);
      isChecking = false;
      if (!isThere) {
        say(true);
        return;
      }
      checkedAt = performance.now();
      form.requestSubmit(submitter);
    },
    true,
  );
  addEventListener("online", () => say(false));
};
