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

/* Where the last block ends that is no note; null where no note is behind it. */
const endOfText = (doc) => {
  let end = null;
  doc.forEach((node, place) => {
    if (!isNote(node)) end = place + node.nodeSize;
  });
  return end === doc.content.size ? null : end;
};

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

    /* Go to the end of the text; return false at the end, and where no note is behind it. */
    toEnd(isExtending) {
      const { doc, selection } = view.state;
      const place = endOfText(doc);
      if (place === null) return false;
      const end = Selection.near(doc.resolve(place), -1);
      if (selection.head === end.head) return false;
      select(isExtending && end.$head.parent.inlineContent ? TextSelection.between(selection.$anchor, end.$head) : end);
      return true;
    },
  };
};
