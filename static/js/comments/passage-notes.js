/* Comments on passages beside the text, where there is room for a second column: each note as high as its passage, or
   below the note before it. On narrow screens they open below their paragraph. */
import { openTo } from "./branches.js";

const GAP = 16; // pixels between two notes
const hasRoom = matchMedia("(width >= 62rem)");

/* A note is on a passage, which is marked, or on a paragraph as a whole, as feedback is. */
const markOf = (note) => {
  if (note.dataset.paragraph) return document.getElementById(`p${note.dataset.paragraph}`);
  const [first] = note.querySelectorAll("[data-note]");
  return document.querySelector(`mark[data-passages~="${first.dataset.note}"]`);
};

/* The page has all notes after the text; each belongs below the block in which its passage begins. */
const place = (note) => {
  markOf(note)?.closest(".numbered > *").after(note);
};

const stack = (frame, notes) => {
  const top = frame.getBoundingClientRect().top;
  const panel = frame.querySelector(":scope > .margin");
  let free = panel ? panel.getBoundingClientRect().bottom - top + GAP : 0;
  for (const note of notes) {
    const wanted = (markOf(note) ?? note.previousElementSibling).getBoundingClientRect().top - top;
    const at = Math.max(wanted, free);
    note.style.insetBlockStart = `${at}px`;
    free = at + note.offsetHeight + GAP;
  }
  frame.style.minBlockSize = `${free}px`;
};

const release = (frame, notes) => {
  for (const note of notes) note.style.removeProperty("inset-block-start");
  frame.style.removeProperty("min-block-size");
};

const marksOf = (key) => document.querySelectorAll(`mark[data-passages~="${key}"]`);

const startHighlight = (notes) => {
  for (const note of notes) {
    for (const one of note.querySelectorAll("[data-note]")) {
      const toggle = (isOpen) => {
        for (const mark of marksOf(one.dataset.note)) mark.classList.toggle("is-open", isOpen);
      };
      for (const name of ["pointerenter", "focusin"]) one.addEventListener(name, () => toggle(true));
      for (const name of ["pointerleave", "focusout"]) one.addEventListener(name, () => toggle(false));
    }
  }
};

/* A tap on a passage opens the notes on it. */
const openNotes = ({ target }) => {
  const mark = target.closest?.("mark[data-passages]");
  if (!mark || target.closest("a") || !getSelection().isCollapsed) return;
  const [key] = mark.dataset.passages.split(" ");
  const note = document.querySelector(`[data-note="${key}"]`)?.closest("details");
  if (note) note.open = true;
};

/* A reply is written in the thread, where it will be. */
const reply = (event) => {
  const link = event.target.closest?.("a[data-reply-at]");
  const comment = link && document.getElementById(link.dataset.replyAt);
  const button = comment?.querySelector("a[data-reply]");
  if (!button) return;
  event.preventDefault();
  openTo(comment);
  comment.scrollIntoView({ block: "center" });
  button.click();
};

export const startPassageNotes = () => {
  const found = document.querySelectorAll("[data-passage-notes]");
  if (!found.length) return;
  const frame = found[0].closest(".reading");
  for (const note of found) place(note);
  const notes = [...document.querySelectorAll("[data-passage-notes]")]; // now in the order of the text
  const arrange = () => {
    if (hasRoom.matches) stack(frame, notes);
  };
  const change = () => {
    frame.classList.toggle("has-notes", hasRoom.matches);
    for (const note of notes) note.open = hasRoom.matches;
    if (hasRoom.matches) arrange();
    else release(frame, notes);
  };
  hasRoom.addEventListener("change", change);
  change();
  const watcher = new ResizeObserver(arrange);
  for (const element of [frame, ...notes]) watcher.observe(element);
  startHighlight(notes);
  document.addEventListener("click", openNotes);
  document.addEventListener("click", reply);
};
