/* Much work in slices, so that whoever types or scrolls meanwhile waits for none of it. */
const SLICE_MS = 15;

// Browsers without scheduler.yield let others go first by a timer.
export const letOthersGo = () => globalThis.scheduler?.yield?.() ?? new Promise((go) => setTimeout(go));

/* Resolves to what `work` makes of each thing, in their order. */
export const mapInSlices = async (things, work) => {
  const made = [];
  let begun = performance.now();
  for (const thing of things) {
    if (performance.now() - begun > SLICE_MS) {
      await letOthersGo();
      begun = performance.now();
    }
    made.push(work(thing));
  }
  return made;
};
