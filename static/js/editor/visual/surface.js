/* The visual editor as a surface to write on: what is in ../surface.js for the textarea. */
import { citationTarget } from "./citation-target.js";
import { runCommand } from "./commands.js";
import { fitNodes } from "./fitting.js";
import { isInNote, isNote } from "./notes.js";

const PLACEHOLDER = /^!\[(.*)\]\(\)$/s;
const bare = (text) => text.replace(/\s+/g, "");

export const createVisualSurface = (editor, lib, { ask, citations, learn, tell, openLink, onCite }) => {
  const { Fragment, Slice, DOMParser: Parser } = lib.pm.model;
  const { closeHistory } = lib.pm.history;
  const { schema } = editor;
  const { view } = editor;

  /* The nodes of a Markdown, or null if the site cannot show it. A block keeps its source until somebody edits it. */
  const nodesOf = async (markdown) => {
    const answer = await ask("visual/", { text: markdown });
    if (!answer || answer.pieces.some(({ source, html }) => source && !html)) return null;
    const parser = Parser.fromSchema(schema);
    return answer.pieces.flatMap(({ source, html }) => {
      if (!html) return [];
      const nodes = parser.parse(new DOMParser().parseFromString(html, "text/html").body).content.content;
      if (nodes.length === 1) learn(nodes[0], source);
      return nodes;
    });
  };

  /* Whether a range is a paragraph of the text from end to end. */
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
    view.dispatch(transaction.scrollIntoView());
  };

  const insertCitation = (source, from = view.state.selection.from, to = view.state.selection.to) => {
    const before = view.state.doc.textBetween(Math.max(0, from - 1), from, "\n", "\ufffc");
    const space = /[\p{L}\p{N}.,;:!?)]/u.test(before) ? [schema.text(" ")] : [];
    const node = schema.nodes.citation.create({ source });
    view.dispatch(
      closeHistory(view.state.tr)
        .replaceWith(from, to, [...space, node])
        .scrollIntoView(),
    );
    onCite();
  };

  const wordsIn = (from, to) => view.state.doc.textBetween(from, to, "\n", "\ufffc");

  /* A range that stays with its words while others are typed. */
  const holdRange = (from, to) => {
    const range = { from, to };
    const follow = ({ transaction }) => {
      range.from = transaction.mapping.map(range.from, -1);
      range.to = transaction.mapping.map(range.to, 1);
    };
    editor.on("transaction", follow);
    return { range, release: () => editor.off("transaction", follow) };
  };

  /* An empty paragraph for a block, with the words before and behind the caret in paragraphs of their own. */
  const makeRoom = () => {
    const { $from } = view.state.selection;
    if (!$from.parent.content.size) return;
    const hasWordsBehind = $from.parentOffset < $from.parent.content.size;
    editor.commands.splitBlock();
    const { from } = view.state.selection;
    if (hasWordsBehind) editor.chain().splitBlock().setTextSelection(from).run();
  };

  return {
    element: view.dom,
    isReadOnly: () => !editor.isEditable,
    focus: () => view.focus(),
    run: (name) => (name === "link" ? openLink() : runCommand(editor, lib, name, tell)),
    insertCitation,
    holdRange,

    /* Put the Markdown of citations in place of words, { from, to, linked }, as one step of undo; resolves to
       whether words were still there. */
    async linkRanges(places) {
      const held = places.map(({ from, to }) => ({ words: wordsIn(from, to), ...holdRange(from, to) }));
      const nodes = places.length ? await nodesOf(places.map(({ linked }) => linked).join("\n\n")) : null;
      for (const { release } of held) release();
      if (nodes?.length !== places.length) return false;
      const transaction = closeHistory(view.state.tr);
      for (const [index, { words, range }] of [...held.entries()].reverse()) {
        if (wordsIn(range.from, range.to) !== words) continue;
        transaction.replaceRange(range.from, range.to, new Slice(nodes[index].content, 0, 0));
      }
      if (!transaction.docChanged) return false;
      view.dispatch(transaction.scrollIntoView());
      view.focus();
      return true;
    },

    /* What the card of citations changes: the citation that is selected, or at a place; null for none. */
    citationTarget(place = view.state.selection.node?.type === schema.nodes.citation && view.state.selection.from) {
      return place === false || !editor.isEditable ? null : citationTarget(editor, lib, citations, place);
    },

    signBefore() {
      const { $from } = view.state.selection;
      return $from.parent.textBetween(0, $from.parentOffset, "\n", "\ufffc").slice(-1);
    },

    insertWords(words) {
      view.focus();
      view.dispatch(view.state.tr.insertText(words).scrollIntoView());
    },

    lineOfCaret: () => view.coordsAtPos(view.state.selection.head),

    placeOfCaret() {
      const { $head } = view.state.selection;
      return { paragraph: $head.parent.textContent, ratio: $head.pos / view.state.doc.content.size };
    },

    async insert(markdown) {
      view.focus();
      const [source, key] = /^\[@([^\s[\];,]+)\]$/.exec(markdown) ?? [];
      if (key) {
        const button = document.querySelector(`.shelf [data-cite="${CSS.escape(source)}"]`);
        citations.expect(source, button?.dataset.label ?? key);
        insertCitation(source);
      } else if (/^\s?@$/.test(markdown)) {
        view.dispatch(view.state.tr.insertText(markdown));
      } else {
        const { from, to } = view.state.selection;
        const held = holdRange(from, to);
        const parsed = await nodesOf(markdown);
        held.release();
        if (parsed) replaceRange(held.range.from, held.range.to, parsed);
      }
    },

    hold(plain, isBlock = false) {
      const words = PLACEHOLDER.exec(plain)?.[1] ?? plain;
      view.focus();
      view.dispatch(closeHistory(view.state.tr));
      if (isBlock) makeRoom();
      const { from } = view.state.selection;
      view.pasteText(words);
      const held = holdRange(from, view.state.selection.to);
      return {
        async replace(markdown) {
          const parsed = markdown ? await nodesOf(markdown) : [schema.nodes.paragraph.create()];
          held.release();
          const { from: start, to: end } = held.range;
          const isThere = bare(view.state.doc.textBetween(start, end, "\n")) === bare(words);
          if (!isThere || !parsed) return false;
          replaceRange(start, end, parsed);
          return true;
        },
      };
    },
  };
};
