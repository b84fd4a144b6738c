/* A plain text as the site reads its lines: those that follow each other are one paragraph, in which a comment keeps
   their ends. */

const textblocksIn = (nodes) =>
  nodes.flatMap((node) => (node.isTextblock ? node : textblocksIn(node.content?.content ?? [])));

/* The words of each line of some nodes: their blocks, or the inside of one. */
const linesOf = (nodes) => {
  const texts = nodes[0]?.isInline
    ? [nodes.map((node) => (node.isText ? node.text : "\n")).join("")]
    : textblocksIn(nodes).map((node) => node.textBetween(0, node.content.size, "\n", "\n"));
  return texts
    .join("\n\n")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim();
};

const PLAIN_MARKS = ["link", "literal"];

/* An address is a link to the site, and it stands for itself. */
const isPlain = (node) => {
  const { name } = node.type;
  if (node.isText) return node.marks.every(({ type }) => PLAIN_MARKS.includes(type.name));
  return name === "hardBreak" || (name === "paragraph" && node.content.content.every(isPlain));
};

/* Return whether blocks that the site has read are paragraphs of the shown words, without any formatting. A cell
   of a table has one paragraph, in which each line stays one. */
export const saySame = (read, shown, isCell) => {
  const wordsOf = (nodes) => (isCell ? linesOf(nodes).replace(/\n+/g, " ") : linesOf(nodes));
  return read.every(isPlain) && wordsOf(read) === wordsOf(shown);
};

/* Put a plain text where the caret is. */
export const insertLines = ({ view, schema }, { Fragment, Slice }, plain, keepsLines) => {
  const { $from } = view.state.selection;
  const { paragraph, hardBreak } = schema.nodes;
  const marks = $from.marks();
  const nodesOf = (lines) =>
    keepsLines
      ? lines.flatMap((line, index) => [...(index ? [hardBreak.create()] : []), schema.text(line, marks)])
      : schema.text(lines.join(" "), marks);
  const paragraphs = plain
    .trim()
    .split(/\n\s*\n/)
    .map((block) => block.split("\n").map((line) => line.trim()))
    .map((lines) => paragraph.create(null, nodesOf(lines)));
  let slice = new Slice(Fragment.from(paragraphs), 1, 1);
  view.someProp("transformPasted", (transform) => {
    slice = transform(slice, view, true);
  });
  view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta("paste", true));
};
