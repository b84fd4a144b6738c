/* What Markdown cannot say is put right after each change: code on a citation, a table without heads, the mark
   of a note that is gone. */

const labelsOf = (doc) =>
  new Set(doc.content.content.filter(({ type }) => type.name === "noteDefinition").map(({ attrs }) => attrs.label));

const ATOM_MARKS = ["code", "literal"];

/* Code is no mark of what is one sign. */
const tidyMarks = (transaction, steps, pm) => {
  for (const step of steps) {
    if (!(step instanceof pm.transform.AddMarkStep) || !ATOM_MARKS.includes(step.mark.type.name)) continue;
    const to = Math.min(step.to, transaction.doc.content.size);
    transaction.doc.nodesBetween(step.from, to, (node, place) => {
      if (node.isInline && !node.isText) transaction.removeMark(place, place + node.nodeSize, step.mark.type);
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

export const tidyPlugin = ({ pm, Plugin }) =>
  new Plugin({
    appendTransaction(transactions, before, state) {
      if (!transactions.some(({ docChanged }) => docChanged)) return null;
      const transaction = state.tr;
      const steps = transactions.flatMap((one) => one.steps);
      tidyMarks(transaction, steps, pm);
      tidyTables(transaction, state.schema);
      tidyNotes(transaction, before.doc);
      return transaction.docChanged ? transaction : null;
    },
  });
