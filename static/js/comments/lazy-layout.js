/* The style sheet keeps comments that are far out of view from being laid out, so that the page is there at once. This
   lays out the others, a few in each idle frame, as screen readers know nothing of what is not laid out. Whoever scrolls
   comes first: what they come to is laid out by the browser, and what moves as others are must be found again. */
const IN_A_FRAME = 10;
const LATEST_MS = 1000; // a page that has always something to do is read out all the same

// Browsers that know no idle frames wait for a frame and its timers.
const whenIdle = (work) => {
  if (globalThis.requestIdleCallback) requestIdleCallback(work, { timeout: LATEST_MS });
  else requestAnimationFrame(() => setTimeout(work));
};

export const layOutInParts = () => {
  const waiting = [...document.querySelectorAll("[data-in-parts] .comment")];
  let hasScrolled = false;
  document.addEventListener(
    "scroll",
    () => {
      hasScrolled = true;
    },
    { passive: true },
  );
  const layOutNext = () => {
    const parts = hasScrolled ? [] : waiting.splice(0, IN_A_FRAME);
    hasScrolled = false;
    for (const comment of parts) comment.classList.add("is-laid-out");
    if (waiting.length) requestAnimationFrame(() => whenIdle(layOutNext));
  };
  layOutNext();
};
