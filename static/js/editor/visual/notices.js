/* Refusals of the visual editor, and why: said under the toolbar until somebody goes on. */

/* `box` has the sentences by name; none where a text is too small to need any. Returns what says one. */
export const createTeller = (editor, box) => {
  if (!box) return () => {};
  editor.on("transaction", ({ transaction }) => {
    if (transaction.docChanged || transaction.selectionSet) box.textContent = "";
  });
  return (name) =>
    queueMicrotask(() => {
      box.textContent = box.dataset[name]; // after the change that it is about
    });
};
