/* The ways between the mark of a footnote and the footnote, and to the end of the text that is before them. */

export const isNote = ({ type }) => type.name === "noteDefinition";
export const isInNote = ($place) => $place.depth > 0 && isNote($place.node(1));

const marksOf = (doc, label) => {
  const places = [];
  doc.descendants((node, place) => {
    if (node.type.name === "noteMark" && node.attrs.label === label) places.push(place);
  });
  return places;
};

const noteWith = (doc, label) => {
  let found = null;
  doc.forEach((node, place) => {
    if (isNote(node) && node.attrs.label === label) found ??= { node, place };
  });
  return found;
};

/* The last block that is no note, and where it ends; null where no note is behind it. */
const lastOfText = (doc) => {
  let last = null;
  doc.forEach((node, place) => {
    if (!isNote(node)) last = { node, end: place + node.nodeSize };
  });
  return last?.end === doc.content.size ? null : last;
};

/* Behind these nobody can write on by Enter. */
const CLOSED = ["table", "codeBlock", "sourceBlock", "horizontalRule"];
const isClosed = ({ type }) => CLOSED.includes(type.name);

const isInLastRow = ($place) =>
  $place.node(1).type.name !== "table" || $place.indexAfter(1) === $place.node(1).childCount;

export const createNoteWays = (editor, lib) => {
  const { Selection, TextSelection } = lib.pm.state;
  const { view } = editor;
  let entered = null; // the place of the mark that somebody came from

  editor.on("transaction", ({ transaction }) => {
    if (entered !== null) entered = transaction.mapping.map(entered);
  });

  const select = (selection) => {
    view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
    view.focus();
  };

  const makeRoom = (place) => {
    const transaction = view.state.tr.insert(place, view.state.schema.nodes.paragraph.create());
    view.dispatch(transaction.setSelection(TextSelection.create(transaction.doc, place + 1)).scrollIntoView());
  };

  return {
    /* Go from the mark at a place to the end of its note; return whether there is one. */
    enter(place = view.state.selection.from) {
      const { doc } = view.state;
      const mark = doc.nodeAt(place);
      const note = mark?.type.name === "noteMark" ? noteWith(doc, mark.attrs.label) : null;
      if (!note) return false;
      entered = place;
      select(Selection.near(doc.resolve(note.place + note.node.nodeSize - 1), -1));
      return true;
    },

    /* Go from a note to right behind its mark: the one that led here, or the first. */
    leave() {
      const { doc, selection } = view.state;
      const { $from } = selection;
      if (!isInNote($from)) return false;
      const own = [$from.before(1), $from.after(1)];
      const places = marksOf(doc, $from.node(1).attrs.label).filter((place) => place < own[0] || place > own[1]);
      if (!places.length) return false;
      select(TextSelection.create(doc, (places.includes(entered) ? entered : places[0]) + 1));
      return true;
    },

    /* Delete a note without words, with its marks, and go to where the first was. */
    removeEmpty() {
      const { doc, selection, tr } = view.state;
      const { $from } = selection;
      if (!isInNote($from) || $from.node(1).childCount > 1 || $from.parent.content.size) return false;
      const [mark] = marksOf(doc, $from.node(1).attrs.label);
      tr.delete($from.before(1), $from.after(1)); // which takes its marks away
      if (mark !== undefined) tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map(mark)));
      view.dispatch(tr.scrollIntoView());
      return true;
    },

    /* Go from the last line of a table or of code into a paragraph between it and a note. */
    below() {
      const { doc, selection } = view.state;
      const { $head, empty } = selection;
      if (!empty || $head.depth === 0) return false;
      const place = $head.after(1);
      const isBeforeNote = isClosed($head.node(1)) && place < doc.content.size && isNote(doc.nodeAt(place));
      if (!isBeforeNote || !isInLastRow($head) || !view.endOfTextblock("down")) return false;
      makeRoom(place);
      return true;
    },

    /* Go to the end of the text, or stay there; return false where no note is behind it. */
    toEnd(isExtending) {
      const { doc, selection } = view.state;
      const last = lastOfText(doc);
      if (last === null) return false;
      if (isClosed(last.node) && !isExtending) {
        makeRoom(last.end);
        return true;
      }
      const end = Selection.near(doc.resolve(last.end), -1);
      if (selection.head === end.head) return true;
      select(isExtending && end.$head.parent.inlineContent ? TextSelection.between(selection.$anchor, end.$head) : end);
      return true;
    },
  };
};
