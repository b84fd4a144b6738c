/* What the tools above a text do to it. Pure: each takes the text and what is selected of it, and
   returns which part becomes which words, and what is selected afterwards. */
globalThis.edits = (() => {
  const WORD = /[\p{L}\p{M}\p{N}_'’-]/u;
  const LEAD = /^(\s*(?:(?:[-+*]|\d+[.)]|>|#{1,6})\s+)*)(.*?)(\s*)$/s;
  const ADDRESS = /^(?:https?:\/\/|www\.)\S+$/i;
  const ITEM = /^(\s*)(?:([-+*])|(\d{1,9})([.)])|>)(\s+)(.*)$/;

  /* A caret inside a word means the word. */
  const aroundWord = (value, from, to) => {
    if (from !== to || !WORD.test(value[from - 1] ?? "") || !WORD.test(value[to] ?? "")) return [from, to];
    while (from > 0 && WORD.test(value[from - 1])) from -= 1;
    while (to < value.length && WORD.test(value[to])) to += 1;
    return [from, to];
  };

  /* Three stars are bold and italic: bold counts two of them, italic the odd one. */
  const hasMark = (before, after, sign) => {
    const stars = Math.min(before.match(/\**$/)[0].length, after.match(/^\**/)[0].length);
    return sign.length === 2 ? stars >= 2 : stars % 2 === 1;
  };
  const isInside = (before, sign) => before.slice(before.lastIndexOf("\n") + 1).split(sign).length % 2 === 0;
  const isMarked = (words, sign) => words.length > 2 * sign.length && hasMark(words.match(/^\**/)[0], words.match(/\**$/)[0], sign);

  const markLines = (words, sign) => {
    const lines = words.split("\n").map((line) => LEAD.exec(line));
    const marked = lines.filter(([, , core]) => core).every(([, , core]) => isMarked(core, sign));
    return lines.map(([, lead, core, rest]) => {
      if (!core || (!marked && isMarked(core, sign))) return lead + core + rest;
      const changed = marked ? core.slice(sign.length, -sign.length) : sign + core + sign;
      return lead + changed + rest;
    }).join("\n");
  };

  /* Put a sign around what is selected, line by line, since no mark reaches over a paragraph. */
  const around = (sign) => (value, first, last) => {
    const [from, to] = aroundWord(value, first, last);
    const chosen = value.slice(from, to);
    const size = sign.length;
    if (!chosen.includes("\n") && hasMark(value.slice(0, from), value.slice(to), sign)) {
      return { from: from - size, to: to + size, words: chosen, select: [from - size, to - size] };
    }
    if (!chosen && value.startsWith(sign, to) && isInside(value.slice(0, from), sign)) {
      return { from, to, words: "", select: [to + size, to + size] };
    }
    if (!chosen.trim()) {
      const words = chosen + sign + sign;
      return { from, to, words, select: [to + size, to + size] };
    }
    const words = markLines(chosen, sign);
    if (chosen.includes("\n")) return { from, to, words, select: [from, from + words.length] };
    const grown = words.length > chosen.length;
    const lead = /^\s*/.exec(chosen)[0].length + (grown ? words.indexOf(sign) - /^\s*/.exec(words)[0].length + size : 0);
    const rest = /\s*$/.exec(chosen)[0].length + (grown ? size : 0);
    return { from, to, words, select: [from + lead, from + words.length - rest] };
  };

  const QUOTE = /^>\s?/;
  const BULLET = /^\s*[-+*]\s+/;
  const NUMBER = /^\s*\d+[.)]\s+/;
  const HEADING = /^#{1,6}\s+/;
  const kinds = {
    quote: { is: QUOTE, bare: (line) => line.replace(QUOTE, ""), dress: (line) => (line.trim() ? `> ${line}` : ">"), isApart: true },
    bullets: { is: BULLET, bare: (line) => line.replace(BULLET, ""), dress: (line) => (line.trim() ? `- ${line.replace(NUMBER, "")}` : line), isApart: true },
    numbers: { is: NUMBER, bare: (line) => line.replace(NUMBER, ""), dress: (line, number) => (line.trim() ? `${number}. ${line.replace(BULLET, "")}` : line), isApart: true },
  };

  /* The whole lines that a selection touches; a selection that ends before a line leaves it out. */
  const wholeLines = (value, from, to) => {
    const last = to > from && value[to - 1] === "\n" ? to - 1 : to;
    const start = value.lastIndexOf("\n", from - 1) + 1;
    const end = value.indexOf("\n", last);
    return [start, end < 0 ? value.length : end];
  };

  /* A list or a quote begins after an empty line, else it would go on with the paragraph. */
  const apart = (value, start, end, kind) => {
    const before = value.slice(0, start).split("\n").at(-2) ?? "";
    const after = value.slice(end + 1).split("\n")[0];
    const needs = (line) => line.trim() && !kind.is.test(line);
    return [needs(before) ? "\n" : "", needs(after) ? "\n" : ""];
  };

  const lines = (name) => (value, from, to) => {
    const kind = kinds[name];
    const [start, end] = wholeLines(value, from, to);
    const all = value.slice(start, end).split("\n");
    const some = all.filter((line) => line.trim());
    let number = 0;
    if (!some.length) {
      const words = name === "quote" ? "> " : name === "bullets" ? "- " : "1. ";
      const [above] = apart(value, start, end, kind);
      const at = start + above.length + words.length;
      return { from: start, to: end, words: above + words, select: [at, at] };
    }
    const isOn = some.every((line) => kind.is.test(line));
    const changed = all.map((line) => (isOn ? kind.bare(line) : kind.dress(line, line.trim() && (number += 1))));
    const [above, below] = isOn ? ["", ""] : apart(value, start, end, kind);
    return place(start, end, from, to, above, changed.join("\n"), below);
  };

  /* Ordinary, heading, smaller heading, ordinary again. */
  const heading = (value, from, to) => {
    const [start, end] = wholeLines(value, from, to);
    const all = value.slice(start, end).split("\n");
    const mark = HEADING.exec(all.find((line) => line.trim()) ?? "")?.[0].trim() ?? "";
    const next = { "": "## ", "##": "### " }[mark] ?? (mark === "#" ? "## " : "");
    const changed = all.map((line) => (line.trim() || all.length === 1 ? next + line.replace(HEADING, "") : line));
    return place(start, end, from, to, "", changed.join("\n"), "");
  };

  /* What was selected stays so; a caret keeps its distance from the end of its line. */
  const place = (start, end, from, to, above, changed, below) => {
    const first = start + above.length;
    const last = first + changed.length;
    const caret = Math.max(first, last - (end - to));
    return { from: start, to: end, words: above + changed + below, select: from === to ? [caret, caret] : [first, last] };
  };

  const link = (value, first, last) => {
    const [from, to] = aroundWord(value, first, last);
    const chosen = value.slice(from, to);
    if (ADDRESS.test(chosen)) return { from, to, words: `[](${chosen})`, select: [from + 1, from + 1] };
    const words = `[${chosen}](https://)`;
    const address = from + chosen.length + 3;
    return { from, to, words, select: chosen ? [address, address + 8] : [from + 1, from + 1] };
  };

  /* Enter in a list or quote goes on with it, and ends it on an empty item; elsewhere null. */
  const goOn = (value, at) => {
    const start = value.lastIndexOf("\n", at - 1) + 1;
    const found = ITEM.exec(value.slice(start, at));
    if (!found || (value[at] ?? "\n") !== "\n") return null;
    const [, indent, bullet, number, dot, gap, words] = found;
    if (!words.trim()) return { from: start, to: at, words: "", select: [start, start] };
    const mark = bullet ?? (number ? Number(number) + 1 + dot : ">");
    const added = `\n${indent}${mark}${gap}`;
    return { from: at, to: at, words: added, select: [at + added.length, at + added.length] };
  };

  /* Whether a place is inside code, where signs mean nothing. */
  const isCode = (value, at) => {
    const before = value.slice(0, at);
    const all = before.split("\n");
    let fence = "";
    for (const line of all.slice(0, -1)) {
      const sign = /^(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
      if (!fence) fence = sign;
      else if (sign.startsWith(fence)) fence = "";
    }
    if (fence) return true;
    const last = all.at(-1);
    if (/^(?: {4}|\t)/.test(last) && !(all.at(-2) ?? "").trim()) return true;
    const paragraph = before.slice(before.search(/(?:(?!\n[ \t]*\n)[\s\S])*$/));
    let open = "";
    for (const [run] of paragraph.matchAll(/`+/g)) {
      if (!open) open = run;
      else if (run === open) open = "";
    }
    return open !== "";
  };

  const apply = (text, edit) => {
    text.focus();
    text.setSelectionRange(edit.from, edit.to);
    /* execCommand keeps the browser's own undo; setRangeText is for those that gave it up. */
    const isDone = edit.words ? document.execCommand("insertText", false, edit.words) : edit.from === edit.to || document.execCommand("delete");
    if (!isDone) {
      text.setRangeText(edit.words, edit.from, edit.to, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    text.setSelectionRange(...edit.select);
  };

  const insert = (text, words, from = text.selectionStart, to = text.selectionEnd) => {
    apply(text, { from, to, words, select: [from + words.length, from + words.length] });
  };

  return {
    bold: around("**"),
    italic: around("*"),
    heading,
    quote: lines("quote"),
    bullets: lines("bullets"),
    numbers: lines("numbers"),
    link,
    goOn,
    isCode,
    apply,
    insert,
  };
})();
