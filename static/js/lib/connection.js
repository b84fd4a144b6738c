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

const noticeIn = (form) => form.querySelector("[data-no-connection]");

/* Ask before every form goes out that has _no_connection.html, also one that came into the page later. Whoever else
   takes note that a form goes out, as the saver does, must start after this. */
export const startConnectionCheck = () => {
  let checkedAt = Number.NEGATIVE_INFINITY;
  let isChecking = false;

  addEventListener(
    "submit",
    async (event) => {
      const { target: form, submitter } = event;
      const notice = noticeIn(form);
      if (!notice || performance.now() - checkedAt < VALID_MS) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isChecking) return;
      isChecking = true;
      notice.hidden = true;
      const isThere = await isReachable(notice.dataset.address);
      isChecking = false;
      if (!isThere) {
        notice.hidden = false;
        notice.scrollIntoView({ block: "nearest" });
        return;
      }
      checkedAt = performance.now();
      form.requestSubmit(submitter);
    },
    true,
  );
  addEventListener("online", () => {
    for (const form of document.forms) noticeIn(form)?.toggleAttribute("hidden", true);
  });
};
