/* The lists that open at the caret, of references and of people: the text keeps the focus,
   arrows choose, Enter takes, Escape closes. */

export const STEPS = { ArrowDown: 1, ArrowUp: -1 };
export const LEAVING_KEYS = ["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];

/* Return whether a key is meant for a text alone, and no open list may take it. */
export const isForText = (event) => event.isComposing || event.ctrlKey || event.metaKey || event.altKey;

/* Announce to screen readers that a text has a list. */
export const announceList = (element, list) => {
  element.setAttribute("aria-autocomplete", "list");
  element.setAttribute("aria-haspopup", "listbox");
  element.setAttribute("aria-controls", list.id);
};

/* A click in the list leaves the focus, and the caret, in the text. */
export const keepFocusInText = (box) => box.addEventListener("mousedown", (event) => event.preventDefault());

/* Let a picker listen to the textarea. The visual editor calls attach(), update(), take() and close() itself. */
export const startInTextarea = (picker, field, surfaces, reader) => {
  picker.attach(field);
  field.addEventListener("input", (event) => {
    if (surfaces.current.element === field && !event.isComposing) picker.update(reader);
  });
  field.addEventListener("keydown", (event) => {
    if (picker.take(event)) event.preventDefault();
  });
  field.addEventListener("blur", picker.close);
  field.addEventListener("mousedown", picker.close);
};
