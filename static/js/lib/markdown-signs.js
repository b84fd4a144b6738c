/* Detection of Markdown in a plain text. Only what is hardly ever anything else counts: a wrong yes makes a list or
   a heading of somebody's words, where a wrong no leaves signs to be seen. */

// The marks of lists (blog/text/blocks/marks.py), and those that are one only if the next item follows at once.
const ITEM = /^ {0,8}(?:[-+*•‣◦▪▫●○■□∙·]|\d{1,3}[.)])[ \t]+\S/;
const DOUBTFUL = /^ {0,8}(?:(–)|\((\d{1,3}|[a-z])\)|([a-z])([.)]))[ \t]+\S/;
const GOES_ON = /^(?: {2,}|\t+)\S/;
const FENCE = /^(?:`{3,}|~{3,})/;
const HEADING_ALONE = /^# +\S[^\n]*$/; // one # within a text may be a remark in code
const PARTS = [
  /^> ?[^\s>]/m, // a quotation
  /(?<![*\w\\])\*\*(?![\s*])[^*\n]*[^*\s]\*\*(?![*\w])/,
  /(?<![*\w\\])\*(?![\s*])[^*\n]*[^*\s]\*(?![*\w])/,
  /(?<![\w\\])_(?![\s_])[^_\n]*[^_\s]_(?![_\w])/,
  /(?<![~\w\\])~~(?![\s~])[^~\n]*[^~\s]~~(?![~\w])/,
  /(?<![`\\])`[^`\n]+`(?!`)/,
  /\[[^\][\n]+\]\((?:https?:\/\/|mailto:)[^\s()]+\)/i,
];
const PARTS_OF_POSTS = [
  /^#{2,6} +\S/m,
  /^\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?[ \t]*)?$/m, // the line below the head of a table
  /^\[\^[^\][\s]{1,20}\]:[ \t]/m, // a footnote
  /\[-?@[\p{L}_][^\][\s,;]*[\],;]/u, // a citation
];

/* The kind of a doubtful mark and its place in the list, or null. */
const readDoubtful = (line) => {
  const [, dash, inBrackets, letter, end] = DOUBTFUL.exec(line) ?? [];
  const place = inBrackets ?? letter;
  if (!dash && !place) return null;
  const isNumber = /\d/.test(place);
  const number = dash ? 0 : isNumber ? Number(place) : place.charCodeAt(0);
  return { kind: dash ?? `${isNumber ? "1" : "a"}${end ?? "()"}`, number };
};

const isNext = (one, other) => other?.kind === one.kind && (other.kind === "–" || other.number === one.number + 1);

/* Without the lines with which an item goes on. */
const withoutRests = (lines) => {
  let isInItem = false;
  return lines.filter((line) => {
    const begins = ITEM.test(line) || DOUBTFUL.test(line);
    isInItem = begins || (isInItem && GOES_ON.test(line));
    return begins || !isInItem;
  });
};

/* Items follow each other, or the text is nothing else: one line with a dash may be what somebody says. */
const hasList = (lines) => {
  const items = withoutRests(lines).map((line) => ITEM.test(line));
  return items.every(Boolean) ? items.length > 0 : items.some((isItem, place) => isItem && items[place + 1]);
};

const hasDoubtfulList = (lines) => {
  const marks = withoutRests(lines).map(readDoubtful);
  return marks.some((mark, place) => mark && isNext(mark, marks[place + 1]));
};

/* A comment has no headings, tables, footnotes and citations. */
export const hasMarkdown = (text, { isComment = false } = {}) => {
  const lines = text.split("\n").filter((line) => line.trim());
  if (hasList(lines) || hasDoubtfulList(text.split("\n")) || lines.filter((line) => FENCE.test(line)).length > 1)
    return true;
  const has = (parts) => parts.some((part) => part.test(text));
  if (isComment) return has(PARTS);
  return has([...PARTS, ...PARTS_OF_POSTS]) || text.split(/\n\s*\n/).some((block) => HEADING_ALONE.test(block.trim()));
};
