/* The inside of a paragraph to Markdown. Takes ProseMirror's inline nodes, or objects of their shape. Pure.

   1. The nodes become items: words, code, breaks, and atoms with their source.
   2. Marks leave the blanks at their edges, where no mark can begin or end.
   3. Items with a common mark become a group, the longest first.
   4. Groups are written with stars. Those that the reader would not pair are written with tags. */
import { pairEmphasis } from "./emphasis.js";
import {
  beginsBlock,
  escapeAddress,
  escapeDescription,
  escapeStart,
  escapeText,
  escapeTitle,
  writeCode,
} from "./escapes.js";

const SIGNS = { bold: "**", italic: "*", strike: "~~" };
const TAGS = {
  bold: "b",
  italic: "i",
  strike: "s",
  subscript: "sub",
  superscript: "sup",
  highlight: "mark",
  kbd: "kbd",
  quotation: "q",
  workTitle: "cite",
};
const BARE_ADDRESS = /^(?:https?:\/\/|www\.)[^\s<>()"`|[\]*~\\]*[^\s<>()"`|[\]*_~\\.,;:!?']$/i;
const BREAK = "\n";
const withoutBars = (source, { inCell }) => (inCell ? source.replace(/\|/g, "\\|") : source);

const nameOf = (mark) => mark.type.name;
const isTag = (mark) => nameOf(mark) in TAGS && !(nameOf(mark) in SIGNS);
const keyOf = (mark) => `${nameOf(mark)} ${JSON.stringify(mark.attrs ?? {})}`;

const WRITE_ATOM = {
  citation: ({ source }) => source,
  noteMark: ({ label }) => `[^${label}]`,
  picture: ({ token, alt }) => `![${escapeDescription(alt ?? "")}](picture:${token})`,
};

const itemsOf = (nodes) => {
  const items = [];
  for (const node of nodes) {
    const marks = (node.marks ?? []).filter((mark) => !["code", "literal"].includes(nameOf(mark)));
    const has = (name) => (node.marks ?? []).some((mark) => nameOf(mark) === name);
    const kind = node.type.name;
    if (kind === "hardBreak") items.push({ kind: "break", marks: marks.filter((mark) => !isTag(mark)) });
    else if (kind !== "text") items.push({ kind: "atom", marks, source: WRITE_ATOM[kind](node.attrs) });
    else {
      const text = node.text.replace(/[\t\n\r ]+/g, (blank) => (/[\n\r\t]/.test(blank) ? " " : blank));
      items.push({ kind: has("code") ? "code" : "text", marks, text, isLiteral: has("literal") });
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

/* One run of text as the reader's emphasis sees it. `seen` is the Markdown with an x for every sign that
   is none to it, `spans` the words of each group that is written with stars. */
class Segment {
  constructor() {
    this.written = "";
    this.seen = "";
    this.spans = [];
  }

  add(text, seen = text) {
    // A bang before a bracket would make a picture of a link.
    if (this.written.endsWith("!") && !this.written.endsWith("\\!") && text.startsWith("[")) {
      this.written = `${this.written.slice(0, -1)}\\!`;
      this.seen = `${this.seen.slice(0, -1)}xx`;
    }
    this.written += text;
    this.seen += seen;
  }

  addOpaque(text) {
    this.add(text, "x".repeat(text.length));
  }

  addText(text) {
    this.add(
      text,
      text.replace(/\\[\s\S]/g, (escaped) => (/[\\`*_{}[\]()>#+\-.!|"'@<~]/.test(escaped[1]) ? "xx" : escaped)),
    );
  }

  addStars(part, sign, fill) {
    this.add(sign);
    const start = this.written.length;
    fill();
    const end = this.written.length;
    this.add(sign);
    const signs = [...sign].flatMap((_sign, step) => [start - 1 - step, end + step]);
    this.spans.push({ part, mark: nameOf(part.mark), start, end, signs });
  }

  /* The smallest group that the reader would pair otherwise, or null. */
  misread() {
    if (!/[*_~]/.test(this.seen)) return null;
    const { pairs, signs } = pairEmphasis(this.seen);
    const own = new Set(this.spans.flatMap((span) => span.signs));
    const isIn = (spans, mark, place) =>
      spans.some((span) => span.mark === mark && span.start <= place && place < span.end);
    const wrong = new Set(this.spans.filter((span) => !span.signs.every((place) => signs.has(place))));
    for (let place = 0; place < this.seen.length; place += 1) {
      if (own.has(place)) continue;
      for (const mark of Object.keys(SIGNS)) {
        if (isIn(this.spans, mark, place) !== isIn(pairs, mark, place)) wrong.add(this.nearest(mark, place));
      }
    }
    const [smallest] = [...wrong].filter(Boolean).sort((one, other) => one.end - one.start - (other.end - other.start));
    return smallest?.part ?? null;
  }

  nearest(mark, place) {
    const distance = ({ start, end }) => Math.max(start - place, place - end, 0);
    const [found] = this.spans
      .filter((span) => span.mark === mark)
      .sort((one, other) => distance(one) - distance(other));
    return found;
  }
}

const writeLink = (part, context) => {
  const { href, title } = part.mark.attrs;
  const [only] = part.children;
  if (part.children.length === 1 && only.kind === "text" && !title) {
    if (only.text === href && /^https?:/i.test(href) && !/[\s<>]/.test(href)) {
      return context.isApart && BARE_ADDRESS.test(href) ? href : `<${href}>`;
    }
    if (context.isApart && `https://${only.text}` === href && BARE_ADDRESS.test(only.text)) return only.text;
  }
  const words = writeSegment(part.children, { ...context, inTag: false, closing: "]" });
  const tail = title ? ` "${escapeTitle(title)}"` : "";
  return `[${words}](${withoutBars(escapeAddress(href) + tail, context)})`;
};

const startsApart = (part) =>
  part === undefined || (part.kind === "text" && /^(?:\s|[.,;:!?)”’](?:\s|$))/.test(part.text));
const endsApart = (part) =>
  part === undefined || part.kind === "break" || (part.kind === "text" && /(?:^|[\s(“‘])$/.test(part.text));

/* A citation in the sentence ends where its key does, and needs a word's distance before. */
const isKey = (part) => part?.kind === "atom" && /^@[^[\]]*$/.test(part.source);
export const glues = (before) => /[\p{L}\p{N}@/.:&=?#%+~-]$/u.test(before);
const writeKey = (source, before, after) => {
  const apart = glues(before) ? " " : "";
  const goesOn = /^(?:[\p{L}\p{N}_]|[:.#$%&+?<>~/-][\p{L}\p{N}_])/u.test(after);
  return apart + (goesOn ? source.replace(/^@\{?([^{}]*)\}?$/, "@{$1}") : source);
};

/* Behind a tilde is no key: a strike that begins with one, or is before one, is a tag. */
const beginsWithKey = (part) => isKey(part) || (part?.children?.length > 0 && beginsWithKey(part.children[0]));
const hasStars = (part, next, { tagged }) => {
  const name = nameOf(part.mark);
  const isAtKey = name === "strike" && (beginsWithKey(part) || beginsWithKey(next));
  return name in SIGNS && !tagged.has(part) && !isAtKey;
};

/* The sign that a part will begin with. */
const firstSign = (part) => {
  if (!part) return "";
  if (part.mark) return SIGNS[nameOf(part.mark)]?.[0] ?? "[";
  return { text: part.text?.[0], code: "`", break: "\n", atom: part.source?.[0] }[part.kind];
};

const fill = (segment, parts, context) => {
  for (const [place, part] of parts.entries()) {
    const isApart = endsApart(parts[place - 1]) && startsApart(parts[place + 1]);
    if (part.mark) {
      const name = nameOf(part.mark);
      if (name === "link") segment.addOpaque(writeLink(part, { ...context, isApart }));
      else if (hasStars(part, parts[place + 1], context)) {
        const inside = { ...context, closing: SIGNS[name][0] };
        segment.addStars(part, SIGNS[name], () => fill(segment, part.children, inside));
      } else segment.addOpaque(writeTag(part, context));
    } else if (part.kind === "text") {
      const after = firstSign(parts[place + 1]) || context.closing;
      const isAfterKey = isKey(parts[place - 1]) || (parts[place - 1]?.isBlank && isKey(parts[place - 2]));
      const around = { before: segment.written.at(-1) ?? "", after, isAfterKey, isLiteral: part.isLiteral };
      const behindKey = isKey(parts[place - 1]) && part.text.startsWith("@") && !part.isLiteral ? "\\" : "";
      segment.addText(behindKey + escapeText(part.text, { ...context, ...around }));
    } else if (part.kind === "break") segment.addOpaque(context.inLine ? "<br>" : BREAK);
    else if (part.kind === "code") segment.addOpaque(writeCode(part.text));
    else if (isKey(part)) segment.addOpaque(writeKey(part.source, segment.written, parts[place + 1]?.text ?? ""));
    else segment.addOpaque(withoutBars(part.source, context));
  }
};

/* A tag holds no other tag, and no break, which may be one. Inside of one, stars at its edges always pair. */
class NestedTags extends Error {}

const isBreak = ({ kind }) => kind === "break";
const holdsBreak = (part) => isBreak(part) || (part.children?.some(holdsBreak) ?? false);

const writeTag = (part, context) => {
  const { mark, children } = part;
  const place = children.findIndex(isBreak);
  if (place >= 0) {
    const around = [children.slice(0, place), children.slice(place + 1)];
    const [before, after] = around.map((some) => (some.length ? writeTag({ mark, children: some }, context) : ""));
    return before + (context.inLine ? "<br>" : BREAK) + after;
  }
  if (context.inTag || holdsBreak(part)) throw new NestedTags();
  const tag = TAGS[nameOf(mark)];
  return `<${tag}>${writeSegment(children, { ...context, inTag: true, closing: "" })}</${tag}>`;
};

const writeWithTags = (parts, context) => {
  const tagged = new Set();
  for (;;) {
    const segment = new Segment();
    fill(segment, parts, { ...context, tagged });
    const part = segment.misread();
    if (!part) return segment.written;
    if (context.inTag) throw new NestedTags();
    tagged.add(part);
  }
};

/* The parts outside of all groups but links, each in groups of its own: a tag, and stars inside. */
const apart = (parts, marks = []) =>
  parts.flatMap((part) => {
    if (part.mark && nameOf(part.mark) !== "link") return apart(part.children, [...marks, part.mark]);
    if (part.kind === "break" || part.isBlank) return part;
    const [outer, ...inner] = [...marks].sort((one, other) => (nameOf(one) in SIGNS) - (nameOf(other) in SIGNS));
    const inside = inner.reduce((child, mark) => ({ mark, children: [child] }), part);
    return outer ? { mark: outer, children: [inside] } : part;
  });

const writeSegment = (parts, context) => {
  try {
    return writeWithTags(parts, context);
  } catch (error) {
    if (!(error instanceof NestedTags) || context.inTag) throw error;
  }
  const single = apart(parts);
  const segment = new Segment();
  fill(segment, single, { ...context, tagged: new Set(single) });
  return segment.written;
};

/* The Markdown of inline nodes. `inLine`: in a heading or a cell, where a break is a tag. */
export const writeInline = (nodes, { inLine = false, inCell = false } = {}) => {
  const items = trimMarks(trimLines(joinBlanks(itemsOf(nodes).flatMap(splitBlanks))));
  const context = { inLine, inCell, inTag: false, closing: "" };
  const written = writeSegment(group(joinCode(items)), context);
  const lines = written.split(BREAK).map((line) => line.trim());
  if (inLine) return lines.join(" ");
  return lines.reduce(
    (text, line, number) =>
      number === 0 ? escapeStart(line) : text + (beginsBlock(line) || !line ? "<br>" : "  \n") + line,
    "",
  );
};
