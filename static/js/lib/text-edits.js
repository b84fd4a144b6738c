/* Changes of a text by the tools above it. Pure: each takes the text and its selection, and
   returns an edit, { from, to, text, select }: which part becomes which text, and what is selected
   afterwards. */
const WORD = /[\p{L}\p{M}\p{N}_'’-]/u;
const LINE = /^(\s*(?:(?:[-+*]|\d+[.)]|>|#{1,6})\s+)*)(.*?)(\s*)$/s;
const URL_ONLY = /^(?:https?:\/\/|www\.)\S+$/i;
const LIST_ITEM = /^(\s*)(?:([-+*])|(\d{1,9})([.)])|>)(\s+)(.*)$/;
const QUOTE = /^>\s?/;
const BULLET = /^\s*[-+*]\s+/;
const NUMBER = /^\s*\d+[.)]\s+/;
const HEADING = /^#{1,6}\s+/;

/* A caret inside a word means the word. */
const expandToWord = (value, from, to) => {
  if (from !== to || !WORD.test(value[from - 1] ?? "") || !WORD.test(value[to] ?? "")) return [from, to];
  let start = from;
  let end = to;
  while (start > 0 && WORD.test(value[start - 1])) start -= 1;
  while (end < value.length && WORD.test(value[end])) end += 1;
  return [start, end];
};

const runAtEnd = (text, sign) => text.length - text.replace(new RegExp(`\\${sign}+$`), "").length;
const runAtStart = (text, sign) => text.length - text.replace(new RegExp(`^\\${sign}+`), "").length;

/* Three stars are bold and italic: bold counts two of them, italic the odd one. */
const isEmphasized = (before, after, sign) => {
  const signs = Math.min(runAtEnd(before, sign[0]), runAtStart(after, sign[0]));
  return sign.length === 2 ? signs >= 2 : signs % 2 === 1;
};
const isOpen = (before, sign) => before.slice(before.lastIndexOf("\n") + 1).split(sign).length % 2 === 0;
const hasSigns = (text, sign) =>
  text.length > 2 * sign.length &&
  isEmphasized(sign[0].repeat(runAtStart(text, sign[0])), sign[0].repeat(runAtEnd(text, sign[0])), sign);

const emphasizeLines = (text, sign) => {
  const lines = text.split("\n").map((line) => LINE.exec(line));
  const isOn = lines.filter(([, , core]) => core).every(([, , core]) => hasSigns(core, sign));
  return lines
    .map(([, prefix, core, suffix]) => {
      if (!core || (!isOn && hasSigns(core, sign))) return prefix + core + suffix;
      const changed = isOn ? core.slice(sign.length, -sign.length) : sign + core + sign;
      return prefix + changed + suffix;
    })
    .join("\n");
};

/* Put a sign around what is selected, line by line, since no emphasis reaches over a paragraph. */
const emphasis = (sign) => (value, selectionStart, selectionEnd) => {
  const [from, to] = expandToWord(value, selectionStart, selectionEnd);
  const selected = value.slice(from, to);
  const size = sign.length;
  if (!selected.includes("\n") && isEmphasized(value.slice(0, from), value.slice(to), sign)) {
    return { from: from - size, to: to + size, text: selected, select: [from - size, to - size] };
  }
  if (!selected && value.startsWith(sign, to) && isOpen(value.slice(0, from), sign)) {
    return { from, to, text: "", select: [to + size, to + size] };
  }
  if (!selected.trim()) {
    return { from, to, text: selected + sign + sign, select: [to + size, to + size] };
  }
  const text = emphasizeLines(selected, sign);
  if (selected.includes("\n")) return { from, to, text, select: [from, from + text.length] };
  const hasGrown = text.length > selected.length;
  const indent = /^\s*/.exec(selected)[0].length;
  const before = indent + (hasGrown ? text.indexOf(sign) - /^\s*/.exec(text)[0].length + size : 0);
  const after = /\s*$/.exec(selected)[0].length + (hasGrown ? size : 0);
  return { from, to, text, select: [from + before, from + text.length - after] };
};

const BLOCKS = {
  quote: {
    pattern: QUOTE,
    empty: "> ",
    add: (line) => (line.trim() ? `> ${line}` : ">"),
  },
  bullets: {
    pattern: BULLET,
    empty: "- ",
    add: (line) => (line.trim() ? `- ${line.replace(NUMBER, "")}` : line),
  },
  numbers: {
    pattern: NUMBER,
    empty: "1. ",
    add: (line, number) => (line.trim() ? `${number}. ${line.replace(BULLET, "")}` : line),
  },
};

/* The whole lines that a selection touches; a selection that ends before a line leaves it out. */
const wholeLines = (value, from, to) => {
  const last = to > from && value[to - 1] === "\n" ? to - 1 : to;
  const start = value.lastIndexOf("\n", from - 1) + 1;
  const end = value.indexOf("\n", last);
  return [start, end < 0 ? value.length : end];
};

/* A list or a quote begins after an empty line, else it would go on with the paragraph. */
const separators = (value, start, end, pattern) => {
  const before = value.slice(0, start).split("\n").at(-2) ?? "";
  const after = value.slice(end + 1).split("\n")[0];
  const needsEmptyLine = (line) => line.trim() && !pattern.test(line);
  return [needsEmptyLine(before) ? "\n" : "", needsEmptyLine(after) ? "\n" : ""];
};

/* What was selected stays so; a caret keeps its distance from the end of its line. */
const replaceLines = ([start, end], [from, to], text, [before, after] = ["", ""]) => {
  const first = start + before.length;
  const last = first + text.length;
  const caret = Math.max(first, last - (end - to));
  return { from: start, to: end, text: before + text + after, select: from === to ? [caret, caret] : [first, last] };
};

const block = (name) => (value, from, to) => {
  const { pattern, empty, add } = BLOCKS[name];
  const [start, end] = wholeLines(value, from, to);
  const lines = value.slice(start, end).split("\n");
  const filled = lines.filter((line) => line.trim());
  if (!filled.length) {
    const [before] = separators(value, start, end, pattern);
    const caret = start + before.length + empty.length;
    return { from: start, to: end, text: before + empty, select: [caret, caret] };
  }
  if (filled.every((line) => pattern.test(line))) {
    const text = lines.map((line) => line.replace(pattern, "")).join("\n");
    return replaceLines([start, end], [from, to], text);
  }
  let number = 0;
  const changed = lines.map((line) => {
    if (line.trim()) number += 1;
    return add(line, number);
  });
  return replaceLines([start, end], [from, to], changed.join("\n"), separators(value, start, end, pattern));
};

export const bold = emphasis("**");
export const italic = emphasis("*");
export const strike = emphasis("~~");
export const code = emphasis("`");
export const quote = block("quote");
export const bullets = block("bullets");
export const numbers = block("numbers");

/* The styles of a paragraph, as the list of the toolbar has them, with their signs. */
const STYLES = { paragraph: "", heading: "## ", subheading: "### " };

/* Give the lines of a selection a style. */
export const style = (name) => (value, from, to) => {
  const [start, end] = wholeLines(value, from, to);
  const lines = value.slice(start, end).split("\n");
  const hasStyle = (line) => line.trim() || lines.length === 1;
  const changed = lines.map((line) => (hasStyle(line) ? STYLES[name] + line.replace(HEADING, "") : line));
  return replaceLines([start, end], [from, to], changed.join("\n"));
};

/* The style of the line that a place is in. */
export const styleAt = (value, index) => {
  const [start, end] = wholeLines(value, index, index);
  const signs = HEADING.exec(value.slice(start, end))?.[0].trim() ?? "";
  if (!signs) return "paragraph";
  return signs.length > 2 ? "subheading" : "heading";
};

export const link = (value, selectionStart, selectionEnd) => {
  const [from, to] = expandToWord(value, selectionStart, selectionEnd);
  const selected = value.slice(from, to);
  if (URL_ONLY.test(selected)) return { from, to, text: `[](${selected})`, select: [from + 1, from + 1] };
  const text = `[${selected}](https://)`;
  const url = from + selected.length + 3;
  return { from, to, text, select: selected ? [url, url + 8] : [from + 1, from + 1] };
};

/* An address that is pasted over words of one line makes them a link; elsewhere null. */
export const linkTo = (address, value, from, to) => {
  const [, space, words] = /^(\s*)(.*?)\s*$/s.exec(value.slice(from, to));
  const isAddress = URL_ONLY.test(address) && !/[<>]/.test(address);
  if (!isAddress || !words || /[\n[\]]/.test(words) || URL_ONLY.test(words) || isCode(value, from)) return null;
  const full = /^www/i.test(address) ? `https://${address}` : address;
  const text = `[${words}](${/[()]/.test(full) ? `<${full}>` : full})`;
  const start = from + space.length;
  return { from: start, to: start + words.length, text, select: [start + text.length, start + text.length] };
};

/* Enter in a list or quote goes on with it, and ends it on an empty item; elsewhere null. */
export const continueList = (value, caret) => {
  const start = value.lastIndexOf("\n", caret - 1) + 1;
  const item = LIST_ITEM.exec(value.slice(start, caret));
  if (!item || (value[caret] ?? "\n") !== "\n") return null;
  const [, indent, bullet, number, dot, gap, content] = item;
  if (!content.trim()) return { from: start, to: caret, text: "", select: [start, start] };
  const sign = bullet ?? (number ? Number(number) + 1 + dot : ">");
  const text = `\n${indent}${sign}${gap}`;
  return { from: caret, to: caret, text, select: [caret + text.length, caret + text.length] };
};

/* Return whether a place is inside code, where signs mean nothing. */
export const isCode = (value, index) => {
  const before = value.slice(0, index);
  const lines = before.split("\n");
  let fence = "";
  for (const line of lines.slice(0, -1)) {
    const sign = /^(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    if (!fence) fence = sign;
    else if (sign.startsWith(fence)) fence = "";
  }
  if (fence) return true;
  const last = lines.at(-1);
  if (/^(?: {4}|\t)/.test(last) && !(lines.at(-2) ?? "").trim()) return true;
  const paragraph = before.slice(before.search(/(?:(?!\n[ \t]*\n)[\s\S])*$/));
  let open = "";
  for (const [run] of paragraph.matchAll(/`+/g)) {
    if (!open) open = run;
    else if (run === open) open = "";
  }
  return open !== "";
};

/* The line breaks that are missing for an empty line after `before`, and before `after`. */
export const breaksAfter = (before) => "\n".repeat(Math.max(0, 2 - /\n*$/.exec(before)[0].length));
export const breaksBefore = (after) => "\n".repeat(Math.max(0, 2 - /^\n*/.exec(after)[0].length));
