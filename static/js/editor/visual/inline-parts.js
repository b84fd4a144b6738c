/* The inside of a paragraph as parts: words, code, breaks and atoms with their source, in groups of those that have
   a mark in common. Takes ProseMirror's inline nodes, or objects of their shape. Pure. */
import { onOneLine } from "../../lib/line-ends.js";
import { escapeDescription } from "./escapes.js";
import { isCitation, isNoteLabel, isPictureToken } from "./grammar.js";
import { isTag, keyOf, nameOf } from "./inline-marks.js";

const WRITE_ATOM = {
  citation: ({ source }) => isCitation(source) && source,
  noteMark: ({ label }) => isNoteLabel(label) && `[^${label}]`,
  picture: ({ token, alt }) => isPictureToken(token) && `![${escapeDescription(alt ?? "")}](picture:${token})`,
};

/* An atom with its source; one that no text can have is the words that it shows. */
const itemOfAtom = ({ type, attrs }, marks) => {
  const source = WRITE_ATOM[type.name](attrs);
  if (source) return { kind: "atom", marks, source };
  return { kind: "text", marks, text: onOneLine(String(attrs.source ?? attrs.alt ?? "")), isLiteral: false };
};

const itemsOf = (nodes) => {
  const items = [];
  for (const node of nodes) {
    const marks = (node.marks ?? []).filter((mark) => !["code", "literal"].includes(nameOf(mark)));
    const has = (name) => (node.marks ?? []).some((mark) => nameOf(mark) === name);
    const kind = node.type.name;
    if (kind === "hardBreak") items.push({ kind: "break", marks: marks.filter((mark) => !isTag(mark)) });
    else if (kind !== "text") items.push(itemOfAtom(node, marks));
    else {
      items.push({ kind: has("code") ? "code" : "text", marks, text: onOneLine(node.text), isLiteral: has("literal") });
    }
  }
  return items;
};

/* Cut the blanks at both ends of an item off as items of their own. */
const splitBlanks = (item) => {
  if (item.kind !== "text" && item.kind !== "code") return [item];
  const [, before, core, after] = /^(\s*)(.*?)(\s*)$/s.exec(item.text);
  const blank = (text) => ({ kind: "text", marks: item.marks, text, isBlank: true });
  return [before && blank(before), core && { ...item, text: core }, after && blank(after)].filter(Boolean);
};

const joinCode = (items) => {
  const joined = [];
  for (const item of items) {
    const last = joined.at(-1);
    const isSame =
      last?.kind === "code" && item.kind === "code" && String(last.marks.map(keyOf)) === String(item.marks.map(keyOf));
    if (isSame) last.text += item.text;
    else joined.push({ ...item });
  }
  return joined;
};

const joinBlanks = (items) => items.filter((item, place) => !(item.isBlank && items[place - 1]?.isBlank));

/* No line begins or ends with a blank, and no text with a break. */
const trimLines = (all) => {
  const isSolid = ({ isBlank, kind }) => !isBlank && kind !== "break";
  const items = all.slice(Math.max(0, all.findIndex(isSolid)), all.findLastIndex(isSolid) + 1);
  const isEdge = (item) => item === undefined || item.kind === "break";
  const isInside = (item, place) => !item.isBlank || !(isEdge(items[place - 1]) || isEdge(items[place + 1]));
  return items.filter(isInside);
};

/* A blank has only the marks that the items on both sides of it have too. */
const trimMarks = (items) => {
  const isSolid = (item) => !item.isBlank && item.kind !== "break";
  return items.map((item, place) => {
    if (isSolid(item)) return item;
    const sides = [items.slice(0, place).findLast(isSolid), items.slice(place + 1).find(isSolid)];
    const isOnBoth = (mark) => sides.every((side) => side?.marks.some((other) => keyOf(other) === keyOf(mark)));
    return { ...item, marks: item.marks.filter(isOnBoth) };
  });
};

const ORDER = ["link", "bold", "italic", "strike"];
const rank = (mark) => (ORDER.includes(nameOf(mark)) ? ORDER.indexOf(nameOf(mark)) : ORDER.length);

/* Items and groups, { mark, children }. A link holds no citation and no note, which are links themselves. */
const group = (items) => {
  const isLinkable = (item) => item.kind !== "atom" || item.source.startsWith("![");
  const has = (item, mark) =>
    item.marks.some((other) => keyOf(other) === keyOf(mark)) && (nameOf(mark) !== "link" || isLinkable(item));
  const extent = (mark, from) => {
    let to = from;
    while (to < items.length && has(items[to], mark)) to += 1;
    return to;
  };
  const parts = [];
  for (let place = 0; place < items.length; ) {
    const found = items[place].marks
      .map((mark) => ({ mark, to: extent(mark, place) }))
      .filter(({ to }) => to > place)
      .sort((one, other) => other.to - one.to || rank(one.mark) - rank(other.mark))[0];
    if (!found) {
      parts.push(items[place]);
      place += 1;
      continue;
    }
    const { mark, to } = found;
    const inside = items
      .slice(place, to)
      .map((item) => ({ ...item, marks: item.marks.filter((one) => nameOf(one) !== nameOf(mark)) }));
    parts.push({ mark, children: group(inside) });
    place = to;
  }
  return parts;
};

/* The parts of inline nodes: items, { kind, marks, text or source }, and groups, { mark, children }. */
export const partsOf = (nodes) =>
  group(joinCode(trimMarks(trimLines(joinBlanks(itemsOf(nodes).flatMap(splitBlanks))))));
