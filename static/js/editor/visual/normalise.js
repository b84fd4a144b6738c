/* Repair, after each change, of content that Markdown cannot say: code on a citation, a table without heads, the mark
   of a note that is gone, a word at the key of a citation. */
import { glues } from "./inline.js";

const labelsOf = (doc) =>
  new Set(doc.content.content.filter(({ type }) => type.name === "noteDefinition").map(({ attrs }) => attrs.label));

const NO_MARKS = {
  citation: ["code", "literal", "link"],
  noteMark: ["code", "literal", "link"],
  picture: ["code", "literal"],
  hardBreak: ["code", "literal"],
};

/* Code is no mark of what is one sign, and a citation and a note are links themselves. */
const tidyMarks = (transaction, steps, pm) => {
  for (const step of steps) {
    if (!(step instanceof pm.transform.AddMarkStep)) continue;
    const to = Math.min(step.to, transaction.doc.content.size);
    transaction.doc.nodesBetween(step.from, to, (node, place) => {
      if (NO_MARKS[node.type.name]?.includes(step.mark.type.name))
        transaction.removeMark(place, place + node.nodeSize, step.mark.type);
    });
  }
};

/* The first row has the heads of the columns, and no other row has any. */
const tidyTables = (transaction, { nodes }) => {
  transaction.doc.descendants((node, place, _row, index) => {
    if (node.type !== nodes.tableCell && node.type !== nodes.tableHeader) return !node.isTextblock;
    const row = transaction.doc.resolve(place);
    const type = row.index(row.depth - 1) === 0 ? nodes.tableHeader : nodes.tableCell;
    const align = row.node(row.depth - 1).firstChild.maybeChild(index)?.attrs.align ?? null;
    if (node.type !== type || node.attrs.align !== align) {
      transaction.setNodeMarkup(place, type, { ...node.attrs, align });
    }
    return false;
  });
};

/* A note that is deleted takes its marks with it. */
const tidyNotes = (transaction, before) => {
  const labels = labelsOf(transaction.doc);
  const gone = [...labelsOf(before)].filter((label) => !labels.has(label));
  if (!gone.length) return;
  const places = [];
  transaction.doc.descendants((node, place) => {
    if (node.type.name === "noteMark" && gone.includes(node.attrs.label)) places.unshift(place);
  });
  for (const place of places) transaction.delete(place, place + 1);
};

/* A citation in the sentence stands apart from the word before it: a blank comes between them, behind the caret. */
const tidyCitations = (transaction, { TextSelection }) => {
  const places = [];
  transaction.doc.descendants((node, place, parent, index) => {
    if (node.type.name !== "citation" || !node.attrs.source.startsWith("@")) return;
    const before = index > 0 && parent.child(index - 1);
    if (before && (before.type === node.type || glues(before.text ?? ""))) places.unshift(place);
  });
  for (const place of places) {
    const { selection } = transaction;
    transaction.insertText(" ", place);
    if (selection.empty && selection.from === place) {
      transaction.setSelection(TextSelection.create(transaction.doc, place));
    }
  }
};

export const tidyPlugin = ({ pm, Plugin }) =>
  new Plugin({
    appendTransaction(transactions, before, state) {
      if (!transactions.some(({ docChanged }) => docChanged)) return null;
      const transaction = state.tr;
      const steps = transactions.flatMap((one) => one.steps);
      tidyMarks(transaction, steps, pm);
      tidyTables(transaction, state.schema);
      tidyNotes(transaction, before.doc);
      tidyCitations(transaction, pm.state);
      return transaction.docChanged ? transaction : null;
    },
  });
