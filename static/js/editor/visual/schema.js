/* The content of a text in the visual editor: the blocks, inline parts and marks that blog/text/ reads.
   Whatever the site's HTML has beyond these is shown as its source. `lib` is the editor's module. */
import { isOneLine } from "../../lib/line-ends.js";
import { sourceOf } from "./citations.js";
import { isCitation, isListMark, isNoteLabel, isPictureToken } from "./grammar.js";

const data = (name, fallback, isValid) => ({
  default: fallback,
  parseHTML(element) {
    const value = element.getAttribute(`data-${name}`);
    return value !== null && isValid(value) ? value : fallback;
  },
  renderHTML: (attributes) => (attributes[name] === fallback ? {} : { [`data-${name}`]: attributes[name] }),
});
const DIRECTED = { HTMLAttributes: { dir: "auto" } };
const SAFE_LINK = /^(?:https?:\/\/|mailto:|#|\/(?![/\\]))/i;
const ALIGNS = ["left", "center", "right"];
const MAX_START = 999_999_999;

/* Attributes of a node that is read only where its grammar holds. */
const onlyIf = (isValid, attributes) => isValid(Object.values(attributes)[0]) && attributes;

const listAttributes = (kind) => ({
  mark: data("mark", null, (mark) => isListMark(kind, mark)),
  loose: {
    default: false,
    parseHTML: (element) => element.getAttribute("data-loose") === "1",
    renderHTML: ({ loose }) => (loose ? { "data-loose": "1" } : {}),
  },
});

/* A cell is one column wide and one row high, whatever a page says. */
const unread = (value) => ({ default: value, parseHTML: () => value, rendered: false });

const blocks = (lib) => {
  const { Node } = lib;
  const cell = {
    content: "paragraph",
    addAttributes: () => ({
      align: {
        default: null,
        parseHTML(element) {
          const align = element.getAttribute("align") ?? element.dataset.align;
          return ALIGNS.includes(align) ? align : null;
        },
        renderHTML: ({ align }) => (align ? { class: `align-${align}`, "data-align": align } : {}),
      },
      colspan: unread(1),
      rowspan: unread(1),
      colwidth: unread(null),
    }),
  };
  return [
    lib.Document.extend({ content: "(block | noteDefinition | sourceBlock)+" }),
    lib.Paragraph.configure(DIRECTED),
    lib.Heading.configure({ levels: [1, 2, 3, 4, 5, 6], ...DIRECTED }),
    lib.BulletList.extend({
      addAttributes() {
        return { ...this.parent?.(), ...listAttributes(this.name) };
      },
    }),
    lib.OrderedList.configure({ enableListAttributes: false }).extend({
      addNodeView: null, // which would set a style
      addAttributes() {
        const start = {
          default: 1,
          parseHTML(element) {
            const number = Number(element.getAttribute("start") ?? 1);
            return Number.isInteger(number) && number >= 0 && number <= MAX_START ? number : 1;
          },
          renderHTML: (attributes) => (attributes.start === 1 ? {} : { start: attributes.start }),
        };
        return { start, ...listAttributes(this.name) };
      },
      renderHTML: ({ node, HTMLAttributes }) => [
        "ol",
        { ...HTMLAttributes, ...(node.attrs.mark?.includes("a") ? { type: "a" } : {}) },
        0,
      ],
      addInputRules() {
        return [
          lib.wrappingInputRule({
            find: /^(\d{1,2})\.\s$/, // 2014. is a year
            type: this.type,
            getAttributes: ([, number]) => ({ start: Number(number) }),
            joinPredicate: ([, number], node) => node.childCount + node.attrs.start === Number(number),
          }),
        ];
      },
    }),
    lib.ListItem.extend({ content: "block+" }),
    lib.Blockquote,
    lib.CodeBlock.extend({
      addAttributes: () => ({ info: data("info", "", isOneLine) }),
      parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }],
      renderHTML: ({ HTMLAttributes }) => ["pre", HTMLAttributes, ["code", 0]],
    }),
    lib.HorizontalRule.extend({
      // Three hyphens and a space or Enter, of which a phone may have made a dash; in the text itself alone.
      addInputRules() {
        return [
          new lib.InputRule({
            find: /^(?:---|—-)\s$/,
            handler: ({ state, range, chain }) => {
              const $from = state.doc.resolve(range.from);
              if ($from.depth !== 1 || $from.parent.type.name !== "paragraph") return;
              chain().deleteRange(range).setHorizontalRule().run();
            },
          }),
        ];
      },
    }),
    lib.Table.extend({
      addNodeView: null,
      renderHTML: () => ["table", ["tbody", 0]],
      addKeyboardShortcuts() {
        const addLine = () => this.editor.isActive(this.name) && this.editor.commands.setHardBreak();
        return { ...this.parent?.(), Enter: addLine }; // a cell has one paragraph
      },
    }).configure({ resizable: false }),
    lib.TableRow,
    lib.TableHeader.extend(cell),
    lib.TableCell.extend(cell),
    Node.create({
      name: "noteDefinition",
      content: "block+",
      defining: true,
      isolating: true,
      addAttributes: () => ({ label: data("note", "1", isNoteLabel) }),
      parseHTML: () => [
        { tag: "aside[data-note]", getAttrs: ({ dataset }) => onlyIf(isNoteLabel, { label: dataset.note }) },
      ],
      renderHTML: ({ node }) => ["aside", { class: "note-definition", "data-note": node.attrs.label }, 0],
    }),
  ];
};

/* A block that the editor cannot show, as its Markdown; its text can be edited like code. */
const sourceBlock = ({ Node }, labels) =>
  Node.create({
    name: "sourceBlock",
    content: "text*",
    marks: "",
    code: true,
    defining: true,
    isolating: true,
    parseHTML: () => [{ tag: "pre[data-source]", preserveWhitespace: "full", priority: 100 }],
    renderHTML: () => ["pre", { class: "source-block", "data-source": labels.source, dir: "auto" }, ["code", 0]],
    addKeyboardShortcuts() {
      const at = () => this.editor.state.selection.$from;
      const isHere = () => at().parent.type === this.type;
      // Never joined with what is before or after it, but selected, so that the next key deletes it.
      const selectBeside = (step) => {
        const { doc, selection } = this.editor.state;
        const edge = step < 0 ? 0 : at().parent.content.size;
        if (!selection.empty || at().parentOffset !== edge || at().depth !== 1) return false;
        if (isHere() && step < 0) return this.editor.commands.setNodeSelection(at().before());
        const beside = doc.maybeChild(at().index(0) + step);
        if (beside?.type !== this.type) return isHere() && beside !== null;
        return this.editor.commands.setNodeSelection(step < 0 ? at().before() - beside.nodeSize : at().after());
      };
      const clear = () => isHere() && at().parent.content.size === 0 && this.editor.commands.setNode("paragraph");
      return {
        Enter: () => isHere() && this.editor.commands.insertContent({ type: "text", text: "\n" }),
        Backspace: () => clear() || selectBeside(-1),
        Delete: () => clear() || selectBeside(1),
        "Mod-Enter": () => isHere() && this.editor.commands.exitCode(),
      };
    },
  });

const atom = ({ Node }, fields) => Node.create({ group: "inline", inline: true, atom: true, ...fields });

/* A citation has its source alone: what it shows depends on the other citations (citations.js). */
const citation = (lib, citations) =>
  atom(lib, {
    name: "citation",
    addAttributes: () => ({ source: { default: "" } }),
    parseHTML: () => [
      { tag: "span[data-cite]", getAttrs: (element) => onlyIf(isCitation, { source: sourceOf(element) }) },
    ],
    renderHTML: ({ node }) => {
      const { shown, ...attributes } = citations.describe(node.attrs.source);
      return ["span", attributes, shown];
    },
    renderText: ({ node }) => citations.describe(node.attrs.source).shown,
    // Whoever types the Markdown of a citation means one.
    addInputRules() {
      return [
        new lib.InputRule({
          find: /\[(?:[^[\]]*[\s;-])?@[\p{L}\p{N}_{][^[\]]*\]$/u,
          handler: ({ state, range, match: [source] }) => {
            if (!isCitation(source)) return;
            state.tr.replaceWith(range.from, range.to, this.type.create({ source }));
            citations.onTyped();
          },
        }),
      ];
    },
    addNodeView:
      () =>
      ({ node }) =>
        citations.createView(node.attrs.source),
  });

/* Parts that are read as one sign: a citation, the mark of a note, a picture. */
const atoms = (lib, labels, { citations, pictures }) => [
  lib.HardBreak,
  citation(lib, citations),
  atom(lib, {
    name: "noteMark",
    addAttributes: () => ({ label: { default: "1" } }),
    parseHTML: () => [
      {
        tag: "sup[data-note]",
        priority: 100,
        getAttrs: ({ dataset }) => onlyIf(isNoteLabel, { label: dataset.note }),
      },
    ],
    renderHTML: ({ node }) => ["sup", { class: "note-mark", role: "img", "data-note": node.attrs.label }],
  }),
  // A picture has its token and its description: its file is that which the site has for the token.
  atom(lib, {
    name: "picture",
    addAttributes: () => ({ token: { default: "" }, alt: { default: "" } }),
    parseHTML: () => [
      {
        tag: "img[data-picture]",
        getAttrs: ({ dataset, alt }) => onlyIf(isPictureToken, { token: dataset.picture, alt }),
      },
    ],
    renderHTML: ({ node: { attrs } }) => {
      const { token, alt } = attrs;
      const file = pictures.fileOf(token);
      if (file) return ["img", { ...file, alt, "data-picture": token }];
      return ["img", { alt: alt || labels.picture, class: "chip is-unknown", "data-picture": token }];
    },
  }),
];

const tagMark = ({ Mark }, name, tag) =>
  Mark.create({
    name,
    group: "tag",
    excludes: "tag",
    parseHTML: () => [{ tag }],
    renderHTML: () => [tag, 0],
  });

/* A mark that is typed as in Markdown, where nothing else can be meant: `3 * 4 * 5` is arithmetic and
   `__init__` a name, so signs with spaces inside and two low lines stay what they are. */
const typedMark = (lib, mark, ...signs) =>
  mark.extend({
    addInputRules() {
      return signs.map((find) => lib.markInputRule({ find, type: this.type }));
    },
  });

const marks = (lib) => {
  const tag = { group: "tag", excludes: "tag" }; // the reader takes no tag inside of another
  return [
    lib.Mark.create({
      name: "link",
      inclusive: false,
      addAttributes: () => ({ href: { default: "" }, title: { default: null } }),
      parseHTML: () => [
        {
          tag: "a[href]",
          getAttrs: (element) => {
            const href = element.getAttribute("href");
            return SAFE_LINK.test(href) && isOneLine(href) && { href, title: element.getAttribute("title") };
          },
        },
      ],
      renderHTML: ({ HTMLAttributes }) => ["a", { ...HTMLAttributes, rel: "noopener nofollow" }, 0],
    }),
    typedMark(lib, lib.Bold, /(?:^|\s)(\*\*(?!\s)([^*]*[^*\s])\*\*)$/),
    typedMark(lib, lib.Italic, /(?:^|\s)(\*(?!\s)([^*]*[^*\s])\*)$/, /(?:^|\s)(_(?!\s)([^_]*[^_\s])_)$/),
    typedMark(lib, lib.Strike, /(?:^|\s)(~~(?!\s)([^~]*[^~\s])~~)$/),
    lib.Code.extend({ excludes: "" }),
    lib.Subscript.extend({ ...tag, parseHTML: () => [{ tag: "sub" }] }),
    lib.Superscript.extend({ ...tag, parseHTML: () => [{ tag: "sup:not([data-note])" }] }),
    lib.Highlight.extend({ ...tag, parseHTML: () => [{ tag: "mark" }], renderHTML: () => ["mark", 0] }),
    tagMark(lib, "kbd", "kbd"),
    tagMark(lib, "quotation", "q"),
    tagMark(lib, "workTitle", "cite"),
    lib.Mark.create({
      name: "literal",
      inclusive: false,
      excludes: "",
      parseHTML: () => [{ tag: "span[data-literal]" }],
      renderHTML: () => ["span", { "data-literal": "1" }, 0],
    }),
  ];
};

/* A comment has none of these. */
const LARGE = ["heading", "horizontalRule", "table", "tableRow", "tableHeader", "tableCell", "noteDefinition"];
const LARGE_ATOMS = ["citation", "noteMark", "picture"];

/* `labels` are words in the reader's language; `known` has what citations and pictures show. */
export const createExtensions = (lib, labels, known, { isSmall = false } = {}) => {
  const all = [
    ...blocks(lib),
    sourceBlock(lib, labels),
    lib.Text,
    ...atoms(lib, labels, known),
    ...marks(lib),
    lib.UndoRedo,
    lib.Gapcursor,
  ];
  if (!isSmall) return all;
  const left = all.filter(({ name }) => ![...LARGE, ...LARGE_ATOMS, "doc"].includes(name));
  return [lib.Document.extend({ content: "(block | sourceBlock)+" }), ...left];
};
