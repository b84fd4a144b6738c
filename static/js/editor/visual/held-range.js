/* Ranges of the document that are found again while somebody writes before, in and behind them. */

/* Returns what holds one, from–to, until release(): `range` is where it is now, and isIntact() says whether its words
   and marks still are what they were, in the text that is shown. What is typed at an edge stays outside, and behind a
   mere place. `opening` numbers the texts that are shown. */
export const createRangeHolder = (editor, opening) => (from, to) => {
  const own = opening();
  const range = { from, to };
  const edge = from === to ? -1 : 1;
  const contentNow = () => editor.state.doc.slice(range.from, range.to).content;
  const content = contentNow();
  const follow = ({ transaction: { mapping } }) => {
    range.from = mapping.map(range.from, edge);
    range.to = Math.max(range.from, mapping.map(range.to, -1));
  };
  editor.on("transaction", follow);
  return {
    range,
    isIntact: () => own === opening() && contentNow().eq(content),
    release: () => editor.off("transaction", follow),
  };
};
