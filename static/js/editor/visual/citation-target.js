/* A citation of the visual editor as what its card changes: at once, and as one step of undo in the end. */
const OPEN = "openCitation";

/* Marks the citation whose card is open. */
export const openCitationPlugin = ({ pm, Plugin }) => {
  const { Decoration, DecorationSet } = pm.view;
  return new Plugin({
    state: {
      init: () => null,
      apply(transaction, place) {
        const opened = transaction.getMeta(OPEN);
        if (opened !== undefined) return opened;
        return place === null ? null : transaction.mapping.map(place);
      },
    },
    props: {
      decorations(state) {
        const place = this.getState(state);
        if (place === null || state.doc.nodeAt(place)?.type.name !== "citation") return null;
        return DecorationSet.create(state.doc, [Decoration.node(place, place + 1, { class: "is-on" })]);
      },
    },
  });
};

export const citationTarget = (editor, lib, { citations, opening }, place) => {
  const { view } = editor;
  const { NodeSelection, TextSelection } = lib.pm.state;
  const { closeHistory } = lib.pm.history;
  const first = view.state.doc.nodeAt(place).attrs.source;
  let at = place;
  let source = first;
  const follow = ({ transaction }) => {
    at = transaction.mapping.map(at);
  };
  const own = opening();
  const isThere = () => own === opening() && view.state.doc.nodeAt(at)?.type.name === "citation";

  const write = (next, transaction = view.state.tr) => {
    if (isThere()) view.dispatch(transaction.setNodeMarkup(at, null, { source: next }).setMeta(OPEN, at));
  };
  const writeUnseen = (next) => write(next, view.state.tr.setMeta("addToHistory", false));
  const release = () => {
    editor.off("transaction", follow);
    view.dispatch(view.state.tr.setMeta(OPEN, null));
  };

  editor.on("transaction", follow);
  view.dispatch(view.state.tr.setMeta(OPEN, at));
  return {
    source: first,
    bottom() {
      const { bottom } = view.nodeDOM(at).getBoundingClientRect();
      return bottom - view.dom.closest(".frame").getBoundingClientRect().top;
    },
    change(next, label) {
      source = next;
      citations.expect(next, label);
      writeUnseen(next);
      citations.onTyped();
    },
    finish() {
      if (source !== first) {
        writeUnseen(first);
        write(source, closeHistory(view.state.tr));
      }
      release();
    },
    remove() {
      if (!isThere()) return release();
      if (source !== first) writeUnseen(first);
      const { doc } = view.state;
      const around = doc.textBetween(Math.max(at - 1, 0), Math.min(at + 2, doc.content.size), "\n", "\ufffc");
      const from = at - (/^ \ufffc(?:[\s.,;:!?)]|$)/.test(around) ? 1 : 0); // with the space before it
      view.dispatch(closeHistory(view.state.tr).delete(from, at + 1));
      release();
      return view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at))));
    },
    focus() {
      if (isThere()) view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)));
      view.focus();
    },
  };
};
