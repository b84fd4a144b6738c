/* The time of a grader for a student, for themselves: from the first key or click to the save, without the pauses.
   The form brings it: <input name="seconds">. Without this script nothing is measured. */

export const MAX_PAUSE_MS = 5 * 60 * 1000;
const BEGINNING = ["keydown", "pointerdown"];
const GOING_ON = [...BEGINNING, "pointermove", "scroll", "wheel", "input"];

/* Milliseconds between signs of somebody at work; a longer pause counts nothing. Pure but for its clock. */
export const createStopwatch = (now) => {
  let last = null;
  let worked = 0;
  return {
    begin() {
      last ??= now();
    },
    goOn() {
      if (last === null) return;
      const pause = now() - last;
      if (pause <= MAX_PAUSE_MS) worked += pause;
      last = now();
    },
    seconds: () => Math.round(worked / 1000),
  };
};

export const startMinutes = (form) => {
  const { seconds } = form.elements;
  if (!seconds) return;
  const watch = createStopwatch(() => Date.now());
  for (const type of BEGINNING) addEventListener(type, watch.begin, { capture: true, passive: true });
  for (const type of GOING_ON) addEventListener(type, watch.goOn, { capture: true, passive: true });
  form.addEventListener("submit", () => {
    watch.goOn();
    seconds.value = watch.seconds();
  });
};
