/* Pairs of marks of emphasis, as the site's reader makes them: blog/text/emphasis.py once more, rule for rule.
   The writer asks before it trusts its stars. Pure. */

const RUN = /\*+|_+|~+/g;
const PUNCTUATION = /[\p{P}\p{S}]/u;
const NO_SPACES = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/;
const ENDS_SENTENCE = new Set(".,:;!?…)]}%”’»");

const isPunctuation = (sign) => PUNCTUATION.test(sign);
const isSpace = (sign) => /\s/.test(sign);
const isEdge = (sign) => isSpace(sign) || isPunctuation(sign) || NO_SPACES.test(sign);

/* The sign that ends before an index, or begins at it: some take two places. */
const signBefore = (text, index) => [...text.slice(Math.max(0, index - 2), index)].pop() ?? " ";
const signAt = (text, index) => (index < text.length ? String.fromCodePoint(text.codePointAt(index)) : " ");

const readRun = (text, start, length) => {
  const sign = text[start];
  const before = signBefore(text, start);
  const after = signAt(text, start + length);
  const isLeft = !isSpace(after) && (!isPunctuation(after) || isEdge(before));
  const isRight = !isSpace(before) && (!isPunctuation(before) || isEdge(after));
  const run = { sign, start, end: start + length, length, opens: isLeft, closes: isRight || ENDS_SENTENCE.has(before) };
  if (sign === "_") {
    run.opens = isLeft && (!isRight || isPunctuation(before));
    run.closes = isRight && (!isLeft || isPunctuation(after));
  }
  if (sign === "~" && length !== 2) run.opens = run.closes = false;
  return run;
};

const fits = (opener, closer) => {
  if (opener.sign !== closer.sign) return false;
  const isDoubtful = opener.closes || closer.opens;
  const isMultiple = (opener.length + closer.length) % 3 === 0;
  return !(isDoubtful && isMultiple && (opener.length % 3 || closer.length % 3));
};

/* The pairs of a text: { mark, start, end } of the words between the signs, and `signs`, all places of
   signs that are part of a pair. */
export const pairEmphasis = (text) => {
  const pairs = [];
  const signs = new Set();
  const openers = [];
  const take = (from, to) => {
    for (let place = from; place < to; place += 1) signs.add(place);
  };
  for (const { 0: found, index } of text.matchAll(RUN)) {
    const run = readRun(text, index, found.length);
    while (run.closes && run.start < run.end) {
      const place = openers.findLastIndex((opener) => fits(opener, run));
      if (place < 0) break;
      const opener = openers[place];
      openers.length = place + 1;
      const size = Math.min(opener.end - opener.start, run.end - run.start) >= 2 ? 2 : 1;
      const mark = run.sign === "~" ? "strike" : size === 2 ? "bold" : "italic";
      pairs.push({ mark, start: opener.end, end: run.start });
      take(opener.end - size, opener.end);
      take(run.start, run.start + size);
      opener.end -= size;
      run.start += size;
      if (opener.start === opener.end) openers.pop();
    }
    if (run.opens && run.start < run.end) openers.push(run);
  }
  return { pairs, signs };
};
