/* Copied content as Markdown for other programs: blocks, words, or parts of a table or a list. Pure. */
import { writeBlock, writeBlocks } from "./blocks.js";
import { writeInline } from "./inline.js";

const PARTS = ["listItem", "tableCell", "tableHeader"];

/* `nodes` are those of a slice of the document. */
export const writeCopied = (nodes) => {
  const [first] = nodes;
  if (!first) return "";
  if (first.isInline) return writeInline(nodes);
  if (first.type.name === "tableRow") return writeBlock({ type: { name: "table" }, content: { content: nodes } });
  return writeBlocks(nodes.flatMap((node) => (PARTS.includes(node.type.name) ? node.content.content : node)));
};
