/* Own copies that have footnotes: those go to the end, each once, and none takes the label of another. */
import { isNote } from "./notes.js";

const labelsOf = (doc) => new Map(doc.content.content.filter(isNote).map((note) => [note.attrs.label, note]));

const freeLabel = (labels) => {
  let label = 1;
  while (labels.has(String(label))) label += 1;
  return String(label);
};

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

/* Paste a slice that has whole notes beside other blocks; return whether it was one. */
export const pasteNotes = (view, slice, { model, history }) => {
  const { content } = slice.content;
  const copied = content.filter(isNote);
  if (!copied.length || content.length === 1) return false;
  const isOfNotes = copied.length === content.length;
  const transaction = history.closeHistory(view.state.tr).deleteSelection();
  const { added, renamed } = isOfNotes ? { added: [], renamed: new Map() } : newNotes(copied, transaction.doc);
  const blocks = isOfNotes
    ? copied.flatMap((note) => note.content.content)
    : content.filter((node) => !isNote(node)).map((node) => withLabels(node, renamed));
  const isWords = isOfNotes && blocks[0].isTextblock && blocks.at(-1).isTextblock;
  const openStart = isNote(content[0]) ? Number(isWords) : slice.openStart;
  const openEnd = isNote(content.at(-1)) ? Number(isWords) : slice.openEnd; // what is before a note was copied whole
  transaction.replaceSelection(new model.Slice(model.Fragment.from(blocks), openStart, openEnd));
  for (const note of added) transaction.insert(transaction.doc.content.size, withLabels(note, renamed));
  view.dispatch(transaction.scrollIntoView());
  return true;
};
