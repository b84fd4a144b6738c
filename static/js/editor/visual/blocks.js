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
export const markOf = (list) => {
  if (isListMark(nameOf(list), list.attrs.mark)) return list.attrs.mark;
  return nameOf(list) === "bulletList" ? "-" : "1.";
};

/* The mark of a list after a block: another than that of a list before it, or the two would be one. */
export const markAfter = (list, previous) => {
  const mark = markOf(list);
  if (!previous || !isList(previous.node) || previous.mark !== mark) return mark;
  return OTHER_MARK[mark] ?? (nameOf(list) === "bulletList" ? "-" : "1.");
};

const indent = (text, by) => text.replace(/\n(?=[^\n])/g, `\n${by}`);

/* The mark of an item: `1.` in the manner of its list. */
const itemMark = (kind, number) => {
  const place = kind.includes("a") ? String.fromCharCode(96 + Math.min(number, 26)) : String(number);
  return kind.replace(/[1a]/, place);
};

const writeList = (list, mark) => {
  const items = childrenOf(list).map((item, place) => {
    const sign = nameOf(list) === "bulletList" ? mark : itemMark(mark, (list.attrs.start ?? 1) + place);
    const inside = writeBlocks(childrenOf(item), { isTight: !list.attrs.loose });
    return inside ? `${sign} ${indent(inside, " ".repeat(sign.length + 1))}` : sign;
  });
  return items.join(list.attrs.loose ? "\n\n" : "\n");
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
