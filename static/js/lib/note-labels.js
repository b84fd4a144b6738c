/* Labels of footnotes. Pure. */

/* The first number that is no label yet. `labels` is a set of them, or a map by them. */
export const freeLabel = (labels) => {
  let label = 1;
  while (labels.has(String(label))) label += 1;
  return String(label);
};
