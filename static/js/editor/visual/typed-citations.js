/* Citations that are typed by hand and name a reference: marked, and linked by a click or by Enter in them. Nothing
   is changed unasked. Which they are, and what each becomes, the site says in the panel “Before you publish”. */

const offersIn = (panel) =>
  [...panel.querySelectorAll("[data-read]")].map(({ dataset: { read, linked } }) => ({ read, linked }));

/* The offers of a document with their places. */
export const placesOf = (doc, offers) => {
  const found = [];
  if (offers.length === 0) return found;
  doc.descendants((node, place) => {
    if (!node.isTextblock) return true;
    if (node.type.spec.code) return false;
    const text = node.textBetween(0, node.content.size, "\n", "\ufffc").replace(/\s/g, " ");
    for (const { read, linked } of offers) {
      for (let index = text.indexOf(read); index >= 0; index = text.indexOf(read, index + read.length)) {
        const from = place + 1 + index;
        const isCode = doc.rangeHasMark(from, from + read.length, doc.type.schema.marks.code);
        if (!isCode) found.push({ from, to: from + read.length, read, linked });
      }
    }
    return false;
  });
  return found;
};

/* `label` says what a click does; `link` makes it. */
export const typedCitationsPlugin = ({ pm, Plugin }, panel, label, link) => {
  const { Decoration, DecorationSet } = pm.view;
  let offers = [];

  const read = (doc) => {
    const places = placesOf(doc, offers);
    const attributes = { class: "chip-typed", title: label };
    return {
      places,
      marks: DecorationSet.create(
        doc,
        places.map(({ from, to }) => Decoration.inline(from, to, attributes)),
      ),
    };
  };
  const plugin = new Plugin({
    state: {
      init: (_config, { doc }) => read(doc),
      apply: (transaction, old) =>
        transaction.docChanged || transaction.getMeta(plugin) ? read(transaction.doc) : old,
    },
    view(view) {
      const refresh = () => {
        offers = offersIn(panel);
        view.dispatch(view.state.tr.setMeta(plugin, true));
      };
      const observer = new MutationObserver(refresh);
      observer.observe(panel, { childList: true });
      offers = offersIn(panel);
      return { destroy: () => observer.disconnect() };
    },
    props: {
      decorations: (state) => plugin.getState(state).marks,
      handleClick(view, place) {
        const offer = plugin.getState(view.state).places.find(({ from, to }) => from <= place && place <= to);
        if (!offer || !view.editable) return false;
        link(offer);
        return true;
      },
      handleKeyDown(view, event) {
        const { empty, from: place } = view.state.selection;
        const isPlain = !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.isComposing);
        if (event.key !== "Enter" || !isPlain || !empty) return false;
        const offer = plugin.getState(view.state).places.find(({ from, to }) => from < place && place < to);
        if (offer) link(offer);
        return offer !== undefined;
      },
    },
  });
  return plugin;
};
