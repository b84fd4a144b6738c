/* Whoever deletes the last mark of a note is offered to delete the note too, or to take it back. Nothing is
   deleted unasked: the note may be meant for another place. */

const MAX_WORDS = 60;

const labelsOf = (doc, name) => {
  const labels = new Set();
  doc.descendants((node) => {
    if (node.type.name === name) labels.add(node.attrs.label);
  });
  return labels;
};

const notesWith = (doc, labels) => {
  const found = [];
  doc.forEach((node, place) => {
    if (node.type.name === "noteDefinition" && labels.has(node.attrs.label)) found.unshift({ node, place });
  });
  return found;
};

const shorten = (words) => (words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words);

/* `box` is the element of the page with the offer; none where a text has no notes. Returns what to call when a text
   has been opened. */
export const startNoteOffer = (editor, box) => {
  if (!box) return () => {};
  const words = box.querySelector("[data-note-words]");
  let marked = new Set(); // the labels that have a mark
  let orphans = new Set(); // those that had one

  const show = () => {
    const [note] = notesWith(editor.state.doc, orphans);
    box.hidden = !note;
    words.textContent = note ? words.dataset.noteWords.replace("%s", shorten(note.node.textContent)) : "";
  };

  editor.on("transaction", ({ transaction }) => {
    if (!transaction.docChanged) return;
    const now = labelsOf(transaction.doc, "noteMark");
    const gone = [...marked, ...orphans].filter((label) => !now.has(label));
    marked = now;
    orphans = new Set(gone);
    if (gone.length || !box.hidden) show();
  });

  box.addEventListener("click", ({ target }) => {
    if (target.closest("[data-note-undo]")) {
      editor.view.focus();
      editor.commands.undo();
    }
    if (!target.closest("[data-note-delete]")) return;
    const { tr } = editor.state;
    for (const { node, place } of notesWith(tr.doc, orphans)) tr.delete(place, place + node.nodeSize);
    editor.view.dispatch(tr);
    editor.view.focus();
  });

  return () => {
    marked = labelsOf(editor.state.doc, "noteMark");
    orphans = new Set();
    show();
  };
};
