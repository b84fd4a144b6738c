/* Content in a place that cannot have it: a footnote has no table, and a cell of a table one paragraph. */
import { dropNotes, pasteNotes } from "./copied-notes.js";
import { isInNote, isNote } from "./notes.js";

const BETWEEN_CELLS = " | ";
const CELLS = ["tableCell", "tableHeader"];
const PARTS_OF_TABLE = ["table", "tableRow", ...CELLS];

const isTable = ({ type }) => type.name === "table";
export const isInCell = ($place) => [...Array($place.depth).keys()].some((depth) => isTable($place.node(depth)));

const countTables = (node) => {
  let count = Number(isTable(node));
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
    if (isTable(node)) return node.content.content.map((row) => paragraphOf(row, schema));
    if (node.isTextblock || node.isLeaf) return node;
    return node.type.create(node.attrs, withoutTables(node.content.content, schema), node.marks);
  });

const textblocksIn = (nodes) =>
  nodes.flatMap((node) => (node.isTextblock ? node : textblocksIn(node.content?.content ?? [])));

/* Blocks as the lines of one paragraph. */
const inOneParagraph = (nodes, { nodes: { paragraph, hardBreak } }) => {
  const lines = textblocksIn(nodes).filter(({ content }) => content.size);
  const words = lines.flatMap(({ content }, index) => [...(index ? [hardBreak.create()] : []), ...content.content]);
  return paragraph.create(null, words);
};

/* Nodes as they may come to a place; the same if they may come as they are. */
export const fitNodes = (nodes, $place) => {
  const { schema } = $place.doc.type;
  const isForNotes = isInNote($place);
  const fitting = nodes.flatMap((node) =>
    (isForNotes || isNote(node)) && countTables(node) ? withoutTables([node], schema) : node,
  );
  if (!isInCell($place)) return fitting;
  const blocks = fitting.filter((node) => !isNote(node));
  if (blocks.length === 1 && blocks[0].type.name === "paragraph") return fitting;
  return [inOneParagraph(withoutTables(blocks, schema), schema), ...fitting.filter(isNote)];
};

/* `tell` says why something was not done. */
export const fittingPlugin = ({ pm, Plugin }, tell) => {
  const { Fragment, Slice } = pm.model;
  return new Plugin({
    filterTransaction(transaction, state) {
      if (!transaction.docChanged || pm.history.isHistoryTransaction(transaction)) return true;
      const fits = countInNotes(transaction.doc) <= countInNotes(state.doc);
      if (!fits) tell("noTable");
      return fits;
    },
    props: {
      handlePaste: (view, _event, slice) => pasteNotes(view, slice, pm),
      handleDrop: (view, event, slice, isMoved) => dropNotes(view, event, slice, isMoved, pm),
      /* Own copies, and plain text, of whose lines the module would make cells; cells that are pasted into a table stay
         cells. */
      transformPasted(slice, { state }, isPlain) {
        const { content } = slice.content;
        const { $from } = state.selection;
        const isOfCells = content.some(({ type }) => PARTS_OF_TABLE.includes(type.name));
        const isWords = content.length === 0 || content[0].isInline;
        if (isWords || (!isPlain && isInCell($from) && isOfCells && !isInNote($from))) return slice;
        const fitting = fitNodes(content, $from);
        if (fitting.every((node) => content.includes(node))) return slice;
        const isLine = fitting.length === 1 && fitting[0].type.name === "paragraph"; // as the words of one cell are
        if (isInNote($from) && !isLine) tell("noTable");
        return new Slice(Fragment.from(fitting), Number(isLine), Number(isLine));
      },
    },
  });
};
