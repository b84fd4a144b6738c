/* The visual editor as a surface to write on: what is in ../surface.js for the textarea. */
import { citationTarget } from "./citation-target.js";
import { runCommand } from "./commands.js";
import { writeCopied } from "./copying.js";
import { fitNodes, isInCell } from "./fit-content.js";
import { createRangeHolder } from "./held-range.js";
import { isInNote, isNote } from "./notes.js";
import { insertLines, saySame } from "./plain-lines.js";
import { rangesOf } from "./typed-citations.js";

const PICTURE = /^!\[((?:\\.|[^\]\\])*)\]\(picture:(\w+)\)$/su;

/* `opening` numbers the texts that are shown one after another; `mirror` writes what is shown into the form;
   `keepsLines` says whether the reader does, as that of comments. */
export const createVisualSurface = (
  editor,
  lib,
  { ask, citations, learn, mirror, tell, openLink, opening, keepsLines },
) => {
  const { Fragment, Slice, DOMParser: Parser } = lib.pm.model;
  const { closeHistory } = lib.pm.history;
  const { schema } = editor;
  const { view } = editor;
  const holdRange = createRangeHolder(editor, opening);

  /* Show a change; whoever writes elsewhere by now keeps the page where it is. */
  const dispatch = (transaction) => view.dispatch(view.hasFocus() ? transaction.scrollIntoView() : transaction);

  /* The pieces of a Markdown with their nodes, or null if the site cannot show it. */
  const piecesOf = async (markdown) => {
    const answer = await ask("visual/", { text: markdown });
    if (!answer || answer.pieces.some(({ source, html }) => source && !html)) return null;
    const parser = Parser.fromSchema(schema);
    const nodesIn = (html) => parser.parse(new DOMParser().parseFromString(html, "text/html").body).content.content;
    return answer.pieces.map(({ source, html }) => ({ source, nodes: html ? nodesIn(html) : [] }));
  };

  /* The nodes of pieces. A block keeps its source until somebody edits it. */
  const nodesIn = (pieces) => {
    for (const { source, nodes } of pieces) if (nodes.length === 1) learn(nodes[0], source);
    return pieces.flatMap(({ nodes }) => nodes);
  };
  const nodesOf = async (markdown) => {
    const pieces = await piecesOf(markdown);
    return pieces && nodesIn(pieces);
  };

  /* Give paragraphs the bytes that they were pasted as, if they are whole and the only ones of their pieces. */
  const learnParagraphs = ({ from, to }, pieces) => {
    const paragraphs = [];
    view.state.doc.nodesBetween(from, to, (node, place, parent) => {
      if (parent === view.state.doc)
        paragraphs.push({ node, isWhole: from <= place + 1 && to >= place + node.nodeSize - 1 });
      return false;
    });
    const isOneEach = paragraphs.length === pieces.length && pieces.every(({ nodes }) => nodes.length === 1);
    if (!isOneEach || !paragraphs.every(({ node, isWhole }) => isWhole && node.type === schema.nodes.paragraph)) return;
    for (const [index, { node }] of paragraphs.entries()) learn(node, pieces[index].source);
    mirror();
  };

  /* The nodes of a picture that the site has, though it does not show it now; null for another Markdown. */
  const pictureOf = (markdown) => {
    const [, description, token] = PICTURE.exec(markdown) ?? [];
    if (!token) return null;
    const picture = schema.nodes.picture.create({ token, alt: description.replace(/\\(.)/gsu, "$1") });
    const paragraph = schema.nodes.paragraph.create(null, picture);
    learn(paragraph, markdown);
    return [paragraph];
  };

  /* Return whether a range is a paragraph of the text from end to end. */
  const isParagraph = (from, to) => {
    const $from = view.state.doc.resolve(from);
    return (
      $from.depth === 1 && $from.parent.type === schema.nodes.paragraph && from === $from.start() && to === $from.end()
    );
  };

  /* Put nodes in place of a range: their words into the line, or their blocks; notes go to the end. */
  const replaceRange = (from, to, nodes) => {
    const $from = view.state.doc.resolve(from);
    const fitting = fitNodes(nodes, $from);
    if (isInNote($from) && fitting.some((node) => !nodes.includes(node))) tell("noTable");
    const notes = fitting.filter(isNote);
    const blocks = fitting.filter((node) => !isNote(node));
    const isInline = blocks.length === 1 && blocks[0].type.name === "paragraph" && !isParagraph(from, to);
    const content = isInline ? blocks[0].content : Fragment.from(blocks);
    const transaction = closeHistory(view.state.tr);
    transaction.replaceRange(from, to, new Slice(content, 0, 0));
    for (const note of notes) transaction.insert(transaction.doc.content.size, note);
    dispatch(transaction);
  };

  /* Put blocks between the words before and behind a place: between two blocks, or in a cell of a table into its
     line. */
  const insertApart = (place, nodes) => {
    const $place = view.state.doc.resolve(place);
    const { parent, depth } = $place;
    const index = depth ? $place.indexAfter(depth - 1) : 0;
    if (!parent.content.size || !depth || !$place.node(depth - 1).canReplaceWith(index, index, nodes[0].type)) {
      replaceRange(place, place, nodes);
      return;
    }
    const transaction = closeHistory(view.state.tr);
    let between = $place.before();
    if (parent.type.spec.code) between = $place.after();
    else if ($place.parentOffset) {
      const isAtEnd = $place.parentOffset === parent.content.size;
      transaction.split(place, 1, isAtEnd ? [{ type: schema.nodes.paragraph }] : undefined);
      between = place + 1;
    }
    dispatch(transaction.insert(between, nodes));
  };

  const labelOf = (source) =>
    document.querySelector(`.shelf [data-cite="${CSS.escape(source)}"]`)?.dataset.label ?? source.slice(2, -1);

  /* Put the Markdown of citations in place of words, { from, to, linked }, as one step of undo; resolves to whether
     it could with all of them. */
  const linkRanges = async (places) => {
    if (!places.length) return false;
    view.focus();
    const held = places.map(({ from, to }) => holdRange(from, to));
    const nodes = await nodesOf(places.map(({ linked }) => linked).join("\n\n"));
    for (const { release } of held) release();
    if (nodes?.length !== places.length) return false;
    const transaction = closeHistory(view.state.tr);
    let linked = 0;
    for (const [index, { range, isIntact }] of [...held.entries()].reverse()) {
      if (!isIntact()) continue;
      transaction.replaceRange(range.from, range.to, new Slice(nodes[index].content, 0, 0));
      linked += 1;
    }
    if (linked) dispatch(transaction);
    return linked === places.length;
  };

  return {
    element: view.dom,
    isMarkdown: false,
    isReadOnly: () => !editor.isEditable,
    focus: () => view.focus(),
    run: (name) => (name === "link" ? openLink() : runCommand(editor, lib, name, tell)),
    holdRange,
    linkRanges,

    linkTyped(places, place) {
      return linkRanges(rangesOf(view.state.doc, places).filter((range) => range.place === place));
    },

    async linkAllTyped(places) {
      const ranges = rangesOf(view.state.doc, places);
      return ranges.length === places.length && linkRanges(ranges);
    },

    citationTarget(place = view.state.selection.node?.type === schema.nodes.citation && view.state.selection.from) {
      return place === false || !editor.isEditable ? null : citationTarget(editor, lib, { citations, opening }, place);
    },

    signBefore() {
      const { $from } = view.state.selection;
      return $from.parent.textBetween(0, $from.parentOffset, "\n", "\ufffc").slice(-1);
    },

    lineOfCaret: () => view.coordsAtPos(view.state.selection.head),

    placeOfCaret() {
      const { $head } = view.state.selection;
      return { paragraph: $head.parent.textContent, ratio: $head.pos / view.state.doc.content.size };
    },

    moveCaret(ratio) {
      const { doc, tr } = view.state;
      const $place = doc.resolve(Math.round(ratio * doc.content.size));
      view.dispatch(tr.setSelection(lib.pm.state.TextSelection.near($place, -1)));
      view.focus(); // the browser's own focus would put the caret at the start for some milliseconds
      scrollBy({ top: view.coordsAtPos(view.state.selection.head).top - innerHeight / 2, behavior: "instant" });
    },

    insertWords(words) {
      view.focus();
      view.dispatch(view.state.tr.insertText(words).scrollIntoView());
    },

    /* Or in place of the words from–to, with what the label of its reference lets one guess that it shows. */
    insertCitation(source, { label = labelOf(source), from, to } = {}) {
      citations.expect(source, label);
      const { selection, doc } = view.state;
      const start = from ?? selection.from;
      if (from === undefined) view.focus();
      const before = doc.textBetween(Math.max(0, start - 1), start, "\n", "\ufffc");
      const space = /[\p{L}\p{N}.,;:!?)]/u.test(before) ? [schema.text(" ")] : [];
      const node = schema.nodes.citation.create({ source });
      dispatch(closeHistory(view.state.tr).replaceWith(start, to ?? selection.to, [...space, node]));
      citations.onTyped();
    },

    async insertBlock(markdown) {
      view.focus();
      const { to } = view.state.selection;
      const { range, isIntact, release } = holdRange(to, to);
      const nodes = (await nodesOf(markdown)) ?? pictureOf(markdown);
      release();
      if (!nodes || !isIntact()) return false;
      insertApart(range.from, nodes);
      return true;
    },

    hold(plain, { byLine = true } = {}) {
      view.focus();
      view.dispatch(closeHistory(view.state.tr));
      const { $from, from } = view.state.selection;
      const isCell = isInCell($from);
      if (byLine || !plain.trim().includes("\n")) view.pasteText(plain);
      else insertLines(editor, lib.pm.model, plain, keepsLines || isCell);
      const { range, isIntact, release } = holdRange(from, view.state.selection.to);
      const shown = () => view.state.doc.slice(range.from, range.to).content.content;
      return {
        written: writeCopied(shown()),
        keepsLines: keepsLines || isCell,
        isThere: isIntact,
        async isTooLarge(markdown) {
          const pieces = isCell ? await piecesOf(markdown) : null;
          const nodes = (pieces ?? []).flatMap((piece) => piece.nodes);
          return nodes.some(({ type }) => type !== schema.nodes.paragraph);
        },
        async isReadAs(markdown) {
          const pieces = await piecesOf(markdown);
          if (!pieces || !isIntact()) return false;
          const nodes = pieces.flatMap((piece) => piece.nodes);
          if (!nodes.every(({ type }) => type === schema.nodes.paragraph)) return false;
          if (!saySame(fitNodes(nodes, view.state.doc.resolve(range.from)), shown(), isCell)) return false;
          learnParagraphs(range, pieces);
          return true;
        },
        release,
        async replace(markdown) {
          const nodes = markdown ? await nodesOf(markdown) : [schema.nodes.paragraph.create()];
          if (!nodes || !isIntact()) return false;
          replaceRange(range.from, range.to, nodes);
          return true;
        },
      };
    },
  };
};
