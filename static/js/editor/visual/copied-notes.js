/* Own copies that have footnotes: those go to the end, each once, and none takes the label of another. */
import { freeLabel } from "../../lib/note-labels.js";
import { isNote } from "./notes.js";

const NOTE_AS_SOURCE = /^\[\^([^\]]*)\]:/;

const labelOf = (block) => (isNote(block) ? block.attrs.label : NOTE_AS_SOURCE.exec(block.textContent)?.[1]);

/* Copied HTML without the marks whose notes neither it nor the text has that it comes from, `doc`; null for the text of
   another page, whose notes are others. */
export const withoutLostMarks = (html, doc) => {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const labels = new Set([...body.querySelectorAll("aside[data-note]")].map(({ dataset }) => dataset.note));
  for (const block of doc?.content.content ?? []) labels.add(labelOf(block));
  const lost = [...body.querySelectorAll("sup[data-note]")].filter(({ dataset }) => !labels.has(dataset.note));
  for (const mark of lost) mark.remove();
  return lost.length ? body.innerHTML : html;
};

const labelsOf = (doc) => new Map(doc.content.content.filter(isNote).map((note) => [note.attrs.label, note]));

/* A node whose marks of notes have their new labels. */
const withLabels = (node, renamed) => {
  if (node.type.name === "noteMark") {
    const label = renamed.get(node.attrs.label);
    return label ? node.type.create({ ...node.attrs, label }, null, node.marks) : node;
  }
  if (node.isLeaf) return node;
  const attributes = isNote(node) ? { label: renamed.get(node.attrs.label) ?? node.attrs.label } : node.attrs;
  const inside = node.content.content.map((child) => withLabels(child, renamed));
  return node.type.create(attributes, inside, node.marks);
};

/* The notes that a text does not have yet, and their new labels where others have theirs. */
const newNotes = (notes, doc) => {
  const labels = labelsOf(doc);
  const renamed = new Map();
  const added = notes.filter((note) => {
    const { label } = note.attrs;
    const known = labels.get(label);
    if (known?.textContent.includes(note.textContent)) return false;
    if (known) renamed.set(label, freeLabel(labels));
    labels.set(renamed.get(label) ?? label, note);
    return true;
  });
  return { added, renamed };
};

/* Return whether a slice has whole notes beside other blocks, or one that the text has already. */
const hasNotes = ({ content: { content }, openStart, openEnd }, doc) => {
  if (content.length > 1) return content.some(isNote);
  return openStart + openEnd === 0 && content.some((node) => isNote(node) && labelsOf(doc).has(node.attrs.label));
};

/* Put such a slice in place of the selection. */
const insertWithNotes = (transaction, slice, { Fragment, Slice }) => {
  const { content } = slice.content;
  const copied = content.filter(isNote);
  const isOfNotes = copied.length === content.length;
  transaction.deleteSelection();
  const { added, renamed } = isOfNotes ? { added: [], renamed: new Map() } : newNotes(copied, transaction.doc);
  const blocks = isOfNotes
    ? copied.flatMap((note) => note.content.content)
    : content.filter((node) => !isNote(node)).map((node) => withLabels(node, renamed));
  const isWords = isOfNotes && blocks[0].isTextblock && blocks.at(-1).isTextblock;
  const openStart = isNote(content[0]) ? Number(isWords) : slice.openStart;
  const openEnd = isNote(content.at(-1)) ? Number(isWords) : slice.openEnd; // what is before a note was copied whole
  transaction.replaceSelection(new Slice(Fragment.from(blocks), openStart, openEnd));
  for (const note of added) transaction.insert(transaction.doc.content.size, withLabels(note, renamed));
  return transaction.scrollIntoView();
};

/* Paste a slice that has notes; return whether it was one. */
export const pasteNotes = (view, slice, { model, history }) => {
  if (!hasNotes(slice, view.state.doc)) return false;
  view.dispatch(insertWithNotes(history.closeHistory(view.state.tr), slice, model));
  return true;
};

/* Drop such a slice where the pointer is; `isMoved` says that it leaves its place. Return whether it was one. */
export const dropNotes = (view, event, slice, isMoved, { model, history, state }) => {
  const isOneNote = isMoved && slice.content.childCount === 1; // which is moved as any block
  const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (!place || isOneNote || !hasNotes(slice, view.state.doc)) return false;
  const transaction = history.closeHistory(view.state.tr);
  if (isMoved) transaction.deleteSelection();
  const $place = transaction.doc.resolve(transaction.mapping.map(place.pos));
  transaction.setSelection(state.TextSelection.near($place));
  view.dispatch(insertWithNotes(transaction, slice, model).setMeta("uiEvent", "drop"));
  view.focus();
  return true;
};
