/* Blocks to Markdown. Takes ProseMirror's nodes, or objects of their shape. Pure. */
import { onOneLine, withPlainLineEnds } from "../../lib/line-ends.js";
import { isListMark, isNoteLabel } from "./grammar.js";
import { writeInline } from "./inline.js";

const NOTE_INDENT = "    ";
const OTHER_MARK = { "-": "*", "*": "-", "1.": "1)", "1)": "1." };

const nameOf = (node) => node.type.name;
const childrenOf = (node) => node.content?.content ?? [];
const textOf = (node) =>
  childrenOf(node)
    .map(({ text }) => text)
    .join("");
const isEmptyParagraph = (node) => nameOf(node) === "paragraph" && childrenOf(node).length === 0;

export const isList = (node) => ["bulletList", "orderedList"].includes(nameOf(node));
const sureMark = (list) => (nameOf(list) === "bulletList" ? "-" : "1.");

/* Marks that the reader doubts (blog/text/blocks/marks.py): people begin a line with them for other reasons too. They
   begin a list if the next item follows, in a few lines and none of them empty. */
const DOUBTFUL = {
  "–": /^–(?: |$)/,
  "(1)": /^\(\d{1,9}\)(?: |$)/,
  "a.": /^[a-z]\.(?: |$)/,
  "a)": /^[a-z]\)(?: |$)/,
  "(a)": /^\([a-z]\)(?: |$)/,
};
const MAX_LINES_TO_NEXT = 12;
const LETTERS = 26;
const isDoubtful = (mark) => Object.hasOwn(DOUBTFUL, mark);

const readsAsList = (list, mark) => {
  const [first, second] = childrenOf(list);
  const start = list.attrs.start ?? 1;
  if (!second || (mark.includes("a") && (start < 1 || start >= LETTERS))) return false;
  const [, ...others] = writeBlocks(childrenOf(first), { isTight: true }).split("\n");
  const isBetween = (line) => line.trim() && !DOUBTFUL[mark].test(line.replace(/^[ >]+/, ""));
  return others.length < MAX_LINES_TO_NEXT && others.every(isBetween);
};

const marks = new WeakMap(); // of lists, which never change

/* The mark of a list: its own, or one that its reader never doubts. */
export const markOf = (list) => {
  if (marks.has(list)) return marks.get(list);
  const { mark } = list.attrs;
  const isOwn = isListMark(nameOf(list), mark) && (!isDoubtful(mark) || readsAsList(list, mark));
  marks.set(list, isOwn ? mark : sureMark(list));
  return marks.get(list);
};

/* The mark of a list after a block: another than that of a list before it, or the two would be one. */
export const markAfter = (list, previous) => {
  const mark = markOf(list);
  if (!previous || !isList(previous.node) || previous.mark !== mark) return mark;
  return OTHER_MARK[mark] ?? sureMark(list);
};

const indent = (text, by) => text.replace(/\n(?=[^\n])/g, `\n${by}`);

/* The mark of an item: `1.` in the manner of its list. */
const itemMark = (kind, number) => {
  const place = kind.includes("a") ? String.fromCharCode(96 + Math.min(number, 26)) : String(number);
  return kind.replace(/[1a]/, place);
};

/* The second item of a doubtful list is near, also where the others are apart. */
const writeList = (list, mark) => {
  return childrenOf(list).reduce((written, item, place) => {
    const sign = nameOf(list) === "bulletList" ? mark : itemMark(mark, (list.attrs.start ?? 1) + place);
    const inside = writeBlocks(childrenOf(item), { isTight: !list.attrs.loose });
    const isNear = !list.attrs.loose || (place === 1 && isDoubtful(mark));
    const gap = place === 0 ? "" : isNear ? "\n" : "\n\n";
    return `${written}${gap}${inside ? `${sign} ${indent(inside, " ".repeat(sign.length + 1))}` : sign}`;
  }, "");
};

const writeCodeBlock = (node) => {
  const code = withPlainLineEnds(textOf(node));
  const longest = Math.max(2, ...(code.match(/`{3,}/g) ?? []).map((run) => run.length));
  const info = onOneLine(node.attrs.info ?? "")
    .trim()
    .replace(/\s+/g, " ");
  const sign = info.includes("`") ? "~" : "`";
  const length = sign === "~" ? Math.max(2, ...(code.match(/~{3,}/g) ?? []).map((run) => run.length)) : longest;
  const fence = sign.repeat(length + 1);
  return `${fence}${info}\n${code ? `${code}\n` : ""}${fence}`;
};

const DELIMITERS = { left: ":--", right: "--:", center: ":-:" };
const EMPTY_CELL = { type: { name: "tableCell" }, attrs: {}, content: { content: [] } };
const writeTable = (table) => {
  const [heads, ...others] = childrenOf(table).map(childrenOf);
  const rows = others.length ? others : [heads.map(() => EMPTY_CELL)]; // as the reader adds one
  const writeCell = (cell) =>
    childrenOf(cell)
      .map((paragraph) => writeInline(childrenOf(paragraph), { inLine: true, inCell: true }))
      .join("<br>");
  const writeRow = (cells) => `| ${cells.join(" | ")} |`;
  const delimiters = heads.map(({ attrs }) =>
    Object.hasOwn(DELIMITERS, attrs.align) ? DELIMITERS[attrs.align] : "---",
  );
  return [
    writeRow(heads.map(writeCell)),
    writeRow(delimiters),
    ...rows.map((row) => writeRow(row.map(writeCell))),
  ].join("\n");
};

const writeHeading = (node) => {
  const words = writeInline(childrenOf(node), { inLine: true });
  return words && `${"#".repeat(node.attrs.level)} ${words.replace(/#+$/, (signs) => `\\${signs}`)}`;
};

const writeQuote = (node) => {
  const inside = writeBlocks(childrenOf(node));
  return inside?.replace(/^/gm, "> ").replace(/^> $/gm, ">");
};

const writeNote = (node) => {
  const { label } = node.attrs;
  const inside = writeBlocks(childrenOf(node));
  return isNoteLabel(label) ? `[^${label}]: ${indent(inside, NOTE_INDENT)}` : inside;
};

const WRITE = {
  paragraph: (node) => writeInline(childrenOf(node)),
  heading: writeHeading,
  bulletList: writeList,
  orderedList: writeList,
  blockquote: writeQuote,
  codeBlock: writeCodeBlock,
  horizontalRule: () => "***",
  table: writeTable,
  noteDefinition: writeNote,
  sourceBlock: (node) => textOf(node),
};

/* The Markdown of one block; a list is written with `mark`. */
export const writeBlock = (node, mark = isList(node) ? markOf(node) : undefined) => WRITE[nameOf(node)](node, mark);

/* In a tight item a block follows the one before without an empty line, where that changes nothing. An empty
   item, or one with another number than 1, would be a line of the paragraph before it. */
const BEGINS_AT_ONCE = /^(?:(?:[-+*]|1[.)]) \S|>|```|~~~|#)/;
const followsAtOnce = (node, text, previous) => {
  if (nameOf(node) === "paragraph" || nameOf(node) === "table") return false;
  return nameOf(previous) !== "paragraph" || BEGINS_AT_ONCE.test(text);
};

export const writeBlocks = (nodes, { isTight = false } = {}) => {
  let written = "";
  let previous = null;
  for (const node of nodes) {
    if (isEmptyParagraph(node)) continue;
    const mark = isList(node) ? markAfter(node, previous) : undefined;
    const text = writeBlock(node, mark);
    if (!text) continue;
    if (previous) written += isTight && followsAtOnce(node, text, previous.node) ? "\n" : "\n\n";
    written += text;
    previous = { node, mark };
  }
  return written;
};
