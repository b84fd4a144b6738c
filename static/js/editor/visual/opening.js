/* A text in pieces to the document that is shown, and to what each block was before. The site reads the
   text, and says which blocks would not survive being rewritten: those are shown as their source. */
import { letOthersGo, mapInSlices } from "../../lib/slices.js";
import { Originals, writeAnew } from "./document.js";

const createSource = (schema, source) => schema.nodes.sourceBlock.create(null, source ? schema.text(source) : null);

/* The one node that a piece's HTML is, or its source. */
const nodeOf = ({ source, html }, parser, schema) => {
  if (html) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const document_ = parser.parse(body);
    if (document_.childCount === 1) return document_.firstChild;
  }
  return createSource(schema, source);
};

const readPieces = async (pieces, schema, lib) => {
  const parser = lib.pm.model.DOMParser.fromSchema(schema);
  const [first] = pieces;
  const lead = first && !first.source ? first.gap : "";
  const blocks = lead ? pieces.slice(1) : pieces;
  const read = await mapInSlices(blocks, (piece) => ({
    node: nodeOf(piece, parser, schema),
    source: piece.source,
    gap: piece.gap,
  }));
  return new Originals(read, lead);
};

/* Show as its source whatever changes when it is rewritten. */
const guard = async (originals, text, schema, ask) => {
  const written = writeAnew(originals);
  if (written.every(([source], place) => source === originals.pieces[place].source)) return originals;
  const offset = originals.lead ? 1 : 0;
  const pairs = offset ? [["", originals.lead], ...written] : written;
  const answer = await ask("visual/check/", { text, written: JSON.stringify(pairs) });
  if (!answer) return null;
  const lost = new Set(answer.lost.map((place) => place - offset));
  const pieces = originals.pieces.map((piece, place) =>
    lost.has(place) ? { ...piece, node: createSource(schema, piece.source) } : piece,
  );
  return new Originals(pieces, originals.lead);
};

const isValid = (originals) => {
  try {
    for (const { node } of originals.pieces) node.check();
    return true;
  } catch {
    return false;
  }
};

/* The originals of a text, or null if the site does not answer. `ask` sends fields to a page of the
   editor and resolves to its answer, or to null. */
export const openText = async (text, schema, lib, ask) => {
  if (!text.trim()) return new Originals([], text);
  const answer = await ask("visual/", { text });
  if (!answer) return null;
  const originals = await readPieces(answer.pieces, schema, lib);
  if (!isValid(originals)) return null;
  await letOthersGo();
  const guarded = await guard(originals, text, schema, ask);
  await letOthersGo(); // before it is shown
  return guarded;
};

export const documentOf = (originals, schema) => {
  const nodes = originals.pieces.map(({ node }) => node);
  return schema.nodes.doc.create(null, nodes.length ? nodes : [schema.nodes.paragraph.create()]);
};
