/* Texts behind a content note. On paper they are open, and a link into one opens it: browsers of the
   last years do both by themselves, as they do for a search in the page. */
const NOTES = "details.content-note";

const openTarget = () => {
  const target = document.querySelector(":target");
  const note = target?.closest(`${NOTES}:not([open])`);
  if (!note) return;
  note.open = true;
  target.scrollIntoView();
};

export const startContentNotes = () => {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(`${NOTES}:not([open])`)];
    for (const note of opened) note.open = true;
  });
  addEventListener("afterprint", () => {
    for (const note of opened) note.open = false;
  });
  addEventListener("hashchange", openTarget);
  openTarget();
};
