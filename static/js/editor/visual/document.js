/* A whole text: what it was opened with, and what is written of it now. A block that nobody changed keeps
   its bytes, and the empty lines after it as long as the next block is the one it had. Pure. */
import { isList, markAfter, markOf, writeBlock } from "./blocks.js";

const EMPTY_LINE = "\n\n";
const HAS_EMPTY_LINE = /\n[^\S\n]*\n/;

/* `pieces` are the blocks in their order, { node, source, gap }; `lead` is what is before the first. */
export class Originals {
  constructor(pieces = [], lead = "") {
    this.pieces = pieces;
    this.lead = lead;
    this.places = new WeakMap(pieces.map(({ node }, place) => [node, place]));
    this.equals = new WeakMap();
    this.written = new WeakMap();
  }

  /* The places of nodes among the pieces, also of those that an undo has made again; -1 of new ones. A piece is one
     node: that which was read from it, or the next that is equal. */
  placesOf(nodes) {
    const taken = new Set();
    const take = (node, place) => {
      taken.add(place);
      this.places.set(node, place);
      return place;
    };
    const known = nodes.map((node) => {
      const place = this.places.get(node) ?? -1;
      return place < 0 || taken.has(place) ? -1 : take(node, place);
    });
    let last = -1;
    return known.map((place, index) => {
      const node = nodes[index];
      if (place < 0) {
        const free = this.equalsOf(node).filter((equal) => !taken.has(equal));
        if (!free.length) return -1;
        last = take(node, free.find((equal) => equal > last) ?? free[0]);
      } else last = place;
      return last;
    });
  }

  /* The places of all pieces that a node is equal to. */
  equalsOf(node) {
    if (!this.equals.has(node)) {
      const places = this.pieces.flatMap((piece, place) => (piece.node.eq(node) ? place : []));
      this.equals.set(node, places);
    }
    return this.equals.get(node);
  }

  /* Remember what a node was read from that came into the text later, as a paste does. */
  learn(node, source) {
    this.written.set(node, { mark: isList(node) ? markOf(node) : undefined, text: source });
  }

  write(node, mark) {
    const known = this.written.get(node);
    if (known && known.mark === mark) return known.text;
    const text = writeBlock(node, mark);
    this.written.set(node, { mark, text });
    return text;
  }
}

/* The former place of changed blocks: between two that are known, if there are as many as there were. */
const align = (places, count) => {
  const aligned = [...places];
  let known = -1; // the last place that is known, and the index it has
  let knownAt = -1;
  for (let index = 0; index <= places.length; index += 1) {
    const place = index < places.length ? places[index] : count;
    if (place < 0) continue;
    if (place - known === index - knownAt) {
      for (let step = 1; step < index - knownAt; step += 1) aligned[knownAt + step] = known + step;
    }
    known = place;
    knownAt = index;
  }
  return aligned;
};

/* Lines that are indented would belong to a list or a note that they did not follow before. */
const needsItsNeighbour = (source) => /^[ \t]/.test(source);

const isHeading = (block) => block.node.type.name === "heading" && block.text.startsWith("#");
const isSafe = (gap, block, next) => HAS_EMPTY_LINE.test(gap) || isHeading(block) || isHeading(next);

/* The blocks of a document with their Markdown: { node, place, text, isChanged, mark }. */
const blocksOf = (nodes, originals) => {
  const blocks = [];
  const places = originals.placesOf(nodes);
  for (const [index, node] of nodes.entries()) {
    const previous = blocks.at(-1);
    const place = places[index];
    const piece = originals.pieces[place < 0 ? originals.equalsOf(node)[0] : place]; // a copy has the bytes too
    const mark = isList(node) ? markAfter(node, previous) : undefined;
    const follows = previous ? previous.place === place - 1 : place === 0;
    const isWhole = piece && (follows || !needsItsNeighbour(piece.source)) && (!isList(node) || mark === markOf(node));
    const text = isWhole ? piece.source : originals.write(node, mark);
    if (text) blocks.push({ node, place, text, isChanged: !isWhole, mark });
  }
  return blocks;
};

export const writeDocument = (nodes, originals) => {
  const blocks = blocksOf(nodes, originals);
  const { pieces, lead } = originals;
  const places = align(
    blocks.map(({ place }) => place),
    pieces.length,
  );
  let text = lead;
  for (const [index, block] of blocks.entries()) {
    const next = blocks[index + 1];
    const gap = pieces[places[index]]?.gap;
    text += block.text;
    if (next) {
      const isNeighbour = gap !== undefined && places[index + 1] === places[index] + 1;
      const isUntouched = !block.isChanged && !next.isChanged;
      text += isNeighbour && (isUntouched || isSafe(gap, block, next)) ? gap : EMPTY_LINE;
    } else if (places[index] === pieces.length - 1) text += gap ?? "";
  }
  return text;
};

/* Each piece as it would be rewritten, for the site to say which of them would be lost. */
export const writeAnew = ({ pieces }) => {
  const blocks = [];
  for (const { node, source } of pieces) {
    const mark = isList(node) ? markAfter(node, blocks.at(-1)) : undefined;
    const isSource = node.type.name === "sourceBlock";
    blocks.push({ node, mark, text: isSource ? source : writeBlock(node, mark) });
  }
  return blocks.map((block, place) => {
    const { gap } = pieces[place];
    const next = blocks[place + 1];
    return [block.text, !next || isSafe(gap, block, next) ? gap : EMPTY_LINE];
  });
};
