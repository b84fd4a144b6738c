/* A footnote has no table, whatever command, paste or drop would put one there. */
import { isInNote, isNote } from "./notes.js";

const BETWEEN_CELLS = " | ";

const countTables = (node) => {
  let count = Number(node.type.name === "table");
  node.forEach((child) => {
    count += countTables(child);
  });
  return count;
};
const countInNotes = (doc) => doc.content.content.filter(isNote).reduce((count, note) => count + countTables(note), 0);

/* A row as a paragraph of its cells. */
const paragraphOf = (row, schema) => {
  const words = [];
  row.forEach((cell, _place, index) => {
    if (index) words.push(schema.text(BETWEEN_CELLS));
    words.push(...cell.firstChild.content.content);
  });
  return schema.nodes.paragraph.create(null, words);
};

/* Nodes with each table as the paragraphs of its rows. */
const withoutTables = (nodes, schema) =>
  nodes.flatMap((node) => {
    if (node.type.name === "table") return node.content.content.map((row) => paragraphOf(row, schema));
    if (node.isTextblock || node.isLeaf) return node;
    return node.type.create(node.attrs, withoutTables(node.content.content, schema), node.marks);
  });

/* Nodes as they may come to a place: notes, and all that goes into a note, without their tables. */
export const fitForNotes = (nodes, $place) => {
  const { schema } = $place.doc.type;
  return nodes.flatMap((node) => {
    const isForNote = isNote(node) || isInNote($place);
    return isForNote && countTables(node) ? withoutTables([node], schema) : node;
  });
};

/* `tell` says why something was not done. */
export const noteContentPlugin = ({ pm, Plugin }, tell) => {
  const { Fragment, Slice } = pm.model;
  return new Plugin({
    filterTransaction(transaction, state) {
      if (!transaction.docChanged || pm.history.isHistoryTransaction(transaction)) return true;
      const fits = countInNotes(transaction.doc) <= countInNotes(state.doc);
      if (!fits) tell("noTable");
      return fits;
    },
    props: {
      transformPasted(slice, { state }) {
        const { content } = slice.content;
        const fitting = fitForNotes(content, state.selection.$from);
        if (fitting.every((node) => content.includes(node))) return slice;
        tell("noTable");
        return new Slice(Fragment.from(fitting), 0, 0);
      },
    },
  });
};
