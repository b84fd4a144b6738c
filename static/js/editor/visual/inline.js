/* The inside of a paragraph to Markdown. Takes ProseMirror's inline nodes, or objects of their shape. Pure.

   1. The nodes become items: words, code, breaks, and atoms with their source.
   2. Marks leave the blanks at their edges, where no mark can begin or end.
   3. Items with a common mark become a group, the longest first (inline-parts.js).
   4. Groups are written with stars. Those that the reader would not pair (segment.js) are written with tags. */
import { beginsBlock, escapeAddress, escapeStart, escapeText, escapeTitle, writeCode } from "./escapes.js";
import { nameOf, SIGNS, TAGS } from "./inline-marks.js";
import { partsOf } from "./inline-parts.js";
import { Segment } from "./segment.js";

const BARE_ADDRESS = /^(?:https?:\/\/|www\.)[^\s<>()"`|[\]*~\\]*[^\s<>()"`|[\]*_~\\.,;:!?']$/i;
const BREAK = "\n";
const withoutBars = (source, { inCell }) => (inCell ? source.replace(/\|/g, "\\|") : source);

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
  const context = { inLine, inCell, inTag: false, closing: "" };
  const written = writeSegment(partsOf(nodes), context);
  const lines = written.split(BREAK).map((line) => line.trim());
  if (inLine) return lines.join(" ");
  return lines.reduce(
    (text, line, number) =>
      number === 0 ? escapeStart(line) : text + (beginsBlock(line) || !line ? "<br>" : "  \n") + line,
    "",
  );
};
