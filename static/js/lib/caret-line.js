/* The place of the caret's line on the screen. */

/* In a textarea: known only by writing the same text into a box of the same size. Returns { top, bottom }, in
   pixels of the window. */
export const lineInTextarea = (field, index = field.selectionStart) => {
  const mirror = document.createElement("div");
  const caret = document.createElement("span");
  const style = getComputedStyle(field);
  mirror.className = "mirror";
  for (const name of ["font", "letterSpacing", "padding", "textIndent"]) mirror.style[name] = style[name];
  mirror.style.inlineSize = `${field.clientWidth}px`;
  caret.textContent = "@";
  mirror.append(field.value.slice(0, index), caret);
  field.parentElement.append(mirror);
  const top = field.getBoundingClientRect().top + caret.offsetTop - field.scrollTop;
  const bottom = top + caret.offsetHeight;
  mirror.remove();
  return { top, bottom };
};
