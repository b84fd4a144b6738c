/* A run of Markdown as it is written, and whether the site's reader pairs its stars as they are meant. Pure. */
import { pairEmphasis } from "./emphasis.js";
import { nameOf, SIGNS } from "./inline-marks.js";

/* One run of text as the reader's emphasis sees it. `seen` is the Markdown with an x for every sign that
   is none to it, `spans` the words of each group that is written with stars. */
export class Segment {
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
