/* Words to Markdown that reads as those words: a backslash where a sign would mean something, and none
   where it would not. What means something is decided by blog/text/. Pure. */

import { LINE_END, onOneLine } from "../../lib/line-ends.js";

const ESCAPABLE = /[\\`*_{}[\]()>#+\-.!|"'@<~]/;
const WORD = /[\p{L}\p{N}]/u;
const ENTITY = /^&(?:#\d+|#x[\da-f]+|[\da-z]+);/i;
// The dashes of a comment of HTML, which the typographer would set as one.
const COMMENT_DASHES = /<!--+|--+>/g;
const PLAIN_BRACKETS = /^\[([^[\]@^`<>\\]{0,200})\](?![([:]| \[)/;
// Keys between brackets, which are a citation of works. In a sentence a key stays one.
const BRACKETS = /\[[^[\]]{1,400}\]/g;
const KEY_SIGN = /(?<![\p{L}\p{N}_@./\\])@(?=[\p{L}\p{N}_{])/gu;

const keysInBrackets = (text) =>
  new Set(
    [...text.matchAll(BRACKETS)].flatMap(({ 0: found, index }) =>
      [...found.matchAll(KEY_SIGN)].map((sign) => index + sign.index),
    ),
  );

/* Lines that would begin another block; the groups are the text before and after the backslash. */
const STARTS = [
  /^()(#{1,6}(?: |$).*)$/s,
  /^()(>.*)$/s,
  /^()([-+*](?: |$).*)$/s,
  /^(\(?(?:\d{1,9}|[a-z]))([.)](?: |$).*)$/s,
  /^()((?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,}))$/,
];
const BULLET = /^([•‣◦▪▫●○■□∙·–])(?: |$)/;
const UNDERLINE = /^(?:=+|-+) *$/;
const DELIMITERS = /^[|:\- ]*\|[|:\- ]*$/;

/* `inTag`: between <sub> and </sub>, where no other angle may be. `inCell`: in a cell of a table.
   `isAfterKey`: after @key, where brackets are a part of the citation.
   `isLiteral`: the signs were escaped where they were read, and the typographer leaves them. */
export const escapeText = (
  text,
  { before = "", after = "", inTag = false, inCell = false, isLiteral = false, isAfterKey = false } = {},
) => {
  let written = "";
  let plainEnd = -1; // of brackets that mean nothing
  const dashes = [...text.matchAll(COMMENT_DASHES)].map(({ 0: found, index }) => [index, index + found.length]);
  const keys = keysInBrackets(text);
  const isDash = (index) => text[index] === "-" && dashes.some(([from, to]) => from <= index && index < to);
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    const previous = text[index - 1] ?? before;
    const next = text[index + 1] ?? after;
    const isApart = /^\s*$/.test(previous) && /^\s*$/.test(next);
    if (sign === "&" && ENTITY.test(text.slice(index, index + 40))) {
      written += "&amp;";
      continue;
    }
    let needsEscape = (isLiteral && /[-.'"@]/.test(sign)) || isDash(index);
    if (sign === "\\") needsEscape = !next || next === "\n" || ESCAPABLE.test(next);
    else if (sign === "`") needsEscape = true;
    else if (sign === "*") needsEscape = !isApart;
    else if (sign === "_") needsEscape = !isApart && !(WORD.test(previous) && WORD.test(next));
    else if (sign === "~") needsEscape = previous === "~" || next === "~";
    else if (sign === "<") needsEscape = inTag || /[a-z/!?]/i.test(next) || !next;
    else if (sign === ">") needsEscape = inTag;
    else if (sign === "|") needsEscape = inCell;
    else if (sign === "@") needsEscape ||= keys.has(index);
    else if (sign === "(") needsEscape = index === 0 && before === "]";
    else if (sign === "[") {
      const found = PLAIN_BRACKETS.exec(text.slice(index));
      if (found && !isAfterKey && (text[index + found[0].length] || /^\s*$/.test(after)))
        plainEnd = index + found[0].length - 1;
      else needsEscape = index > plainEnd;
    } else if (sign === "]") needsEscape = index !== plainEnd;
    written += needsEscape ? `\\${sign}` : sign;
  }
  return written;
};

export const beginsBlock = (line) =>
  STARTS.some((start) => start.test(line)) || BULLET.test(line) || UNDERLINE.test(line) || DELIMITERS.test(line);

/* The first line of a paragraph, so that it begins no other block. There is no backslash for a bullet
   of another script: a no-break space makes it a sign. */
export const escapeStart = (line) => {
  for (const start of STARTS) {
    const found = start.exec(line);
    if (found) return `${found[1]}\\${found[2]}`;
  }
  return line.replace(BULLET, "$1\u00a0");
};

/* The address of a link, in brackets where it needs them. */
export const escapeAddress = (href) => {
  const address = href
    .replace(/[\t\n\r]/g, "") // as browsers read it
    .replace(LINE_END, encodeURIComponent)
    .replace(/&(?=(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\da-z]{0,31});)/gi, "&amp;")
    .replace(/[<>]/g, encodeURIComponent)
    .replace(/[\\`]/g, "\\$&");
  let depth = 0;
  const isBalanced = [...address].every((sign) => {
    depth += (sign === "(") - (sign === ")");
    return depth >= 0;
  });
  return isBalanced && depth === 0 && !/\s/.test(address) ? address : `<${address}>`;
};

export const escapeTitle = (title) =>
  onOneLine(title)
    .replace(/\s+/g, " ")
    .replace(/["\\`]/g, "\\$&");

/* The description of a picture, as blog/text/pictures.py writes it. */
export const escapeDescription = (words) =>
  onOneLine(words)
    .trim()
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]!@]/g, "\\$&");

/* Code between as many backticks as its own need. */
export const writeCode = (code) => {
  const runs = code.match(/`+/g) ?? [];
  let fence = "`";
  while (runs.includes(fence)) fence += "`";
  const pad = /^`|`$/.test(code) ? " " : "";
  return fence + pad + code + pad + fence;
};
