/* Whoever leaves for a page that leads back, as the one where a reference is typed in, finds the caret where it was. */
const PLACE = "caret of a text";

const remember = (place) => {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  } catch {
    /* private windows may refuse */
  }
};

const recall = () => {
  try {
    const place = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
    return place;
  } catch {
    return null;
  }
};

/* `modes` are those of modes.js: the text is shown before the caret is put into it. */
export const startReturning = async (form, surfaces, modes) => {
  let wasInText = false;
  form.addEventListener("focusin", ({ target }) => {
    wasInText ||= target === surfaces.current.element;
  });
  form.addEventListener("submit", ({ submitter }) => {
    if (!wasInText || !submitter?.hasAttribute("formaction")) return;
    remember({ place: form.dataset.place, ratio: surfaces.current.placeOfCaret().ratio });
  });
  const last = recall();
  if (last?.place !== form.dataset.place || "unsaved" in form.dataset) return;
  await modes?.opened();
  if (document.activeElement === document.body) surfaces.current.moveCaret(last.ratio);
};
