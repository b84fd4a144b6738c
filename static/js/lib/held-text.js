/* Words of a text field that are found again while somebody writes before, in and behind them. */
import { changeBetween, rangeAfter } from "./text-changes.js";

/* Follow the words from–to until release(). `range` is where they are now, and isIntact() says whether they still
   are what they were. */
export const holdText = (field, from, to) => {
  const words = field.value.slice(from, to);
  let { value } = field;
  let range = { from, to };
  const follow = () => {
    const caret = document.activeElement === field ? field.selectionEnd : null;
    if (field.value !== value) range = rangeAfter(range, changeBetween(value, field.value, caret));
    value = field.value;
  };
  field.addEventListener("input", follow);
  return {
    get range() {
      follow();
      return range;
    },
    isIntact() {
      follow();
      return field.value.slice(range.from, range.to) === words;
    },
    release: () => field.removeEventListener("input", follow),
  };
};
