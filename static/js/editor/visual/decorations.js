/* Shown parts that are no part of the text: the numbers of notes, keys that no reference has, the words in an
   empty text, and which blocks are blank: those have no direction of their own yet. */

const KEY = /(?<![\p{L}\p{N}_@/.:&=?#%+~\\-])@[\p{L}\p{N}_]+(?:[:.#$%&+?<>~/-][\p{L}\p{N}_]+)*(?!@)/gu;

/* The numbers of notes by their labels, in the order of their marks. */
const numbersOf = (doc) => {
  const numbers = new Map();
  doc.descendants((node) => {
    if (node.type.name === "noteMark" && !numbers.has(node.attrs.label)) {
      numbers.set(node.attrs.label, numbers.size + 1);
    }
  });
  return numbers;
};

const isEmpty = (doc) =>
  doc.childCount === 1 && doc.firstChild.type.name === "paragraph" && doc.firstChild.content.size === 0;

export const decorationsPlugin = ({ pm, Plugin }, labels) => {
  const { Decoration, DecorationSet } = pm.view;
  const decorate = (doc) => {
    if (isEmpty(doc)) {
      return DecorationSet.create(doc, [
        Decoration.node(0, doc.firstChild.nodeSize, {
          class: "is-empty is-blank",
          "data-placeholder": labels.placeholder,
        }),
      ]);
    }
    const numbers = numbersOf(doc);
    const found = [];
    doc.descendants((node, place) => {
      const { name } = node.type;
      if (name === "noteMark" || name === "noteDefinition") {
        const number = String(numbers.get(node.attrs.label) ?? "?");
        const attributes = { "data-number": number, "aria-label": labels.note.replace("%s", number) };
        found.push(Decoration.node(place, place + node.nodeSize, attributes));
      } else if (node.isTextblock && !node.type.spec.code && node.content.size === 0) {
        found.push(Decoration.node(place, place + node.nodeSize, { class: "is-blank" }));
      } else if (node.isText && labels.unknown && node.text.includes("@") && !node.marks.length) {
        for (const { 0: key, index } of node.text.matchAll(KEY)) {
          found.push(Decoration.inline(place + index, place + index + key.length, { class: "typed-key" }));
        }
      }
      return name !== "sourceBlock" && name !== "codeBlock";
    });
    return DecorationSet.create(doc, found);
  };
  return new Plugin({
    state: {
      init: (_config, { doc }) => decorate(doc),
      apply: (transaction, old) => (transaction.docChanged ? decorate(transaction.doc) : old),
    },
    props: {
      decorations(state) {
        return this.getState(state);
      },
    },
  });
};
