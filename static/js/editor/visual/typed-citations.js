/* Citations that are typed by hand and name a reference: marked, and linked by a click or by Enter in them. Nothing
   is changed unasked. Which they are, and what each becomes, the site says in the panel “Before you publish”. */

import { placesIn } from "../../lib/typed-links.js";

const WORD = /[\p{L}\p{N}]/u;
const ADDRESS = /(?:https?:\/\/|www\.)\S+/gi;

/* Return whether words may become a citation. No code, no link, and no word or address that only ends with them may; an
   address of its own stands between them. */
const mayBeLinked = (doc, from, to) => {
  const { code, link } = doc.type.schema.marks;
  let may = true;
  doc.nodesBetween(from, to, (node, place) => {
    if (!node.isText) return;
    const href = link.isInSet(node.marks)?.attrs.href;
    const isInside = from < place && place + node.nodeSize < to;
    const isAddress = href === node.text || href === `https://${node.text}`;
    if (code.isInSet(node.marks) || (href !== undefined && !(isInside && isAddress))) may = false;
  });
  return may;
};

const isPartOfMore = (text, index) =>
  (WORD.test(text[index]) && WORD.test(text[index - 1] ?? "")) ||
  [...text.matchAll(ADDRESS)].some((address) => address.index < index && index < address.index + address[0].length);

const rangesWith = (doc, read) => {
  const found = [];
  doc.descendants((node, place) => {
    if (!node.isTextblock) return true;
    if (node.type.spec.code) return false;
    const text = node.textBetween(0, node.content.size, "\n", "\ufffc").replace(/\s/g, " ");
    for (let index = text.indexOf(read); index >= 0; index = text.indexOf(read, index + read.length)) {
      const from = place + 1 + index;
      const to = from + read.length;
      if (!isPartOfMore(text, index) && mayBeLinked(doc, from, to)) found.push({ from, to });
    }
    return false;
  });
  return found;
};

/* The places in the document that the site names, in its order: { from, to, linked, place }. What reads alike
   in more or fewer places than the site knows is left out, since nobody can say here which of them are meant. */
export const rangesOf = (doc, places) =>
  [...new Set(places.map(({ read }) => read))]
    .flatMap((read) => {
      const alike = places.filter((place) => place.read === read);
      const ranges = rangesWith(doc, read);
      if (ranges.length !== alike.length) return [];
      return alike.map((place, index) => ({ ...ranges[index], linked: place.linked, place }));
    })
    .sort((one, other) => one.from - other.from);

/* `label` says what a click does; `link` makes it. */
export const typedCitationsPlugin = ({ pm, Plugin }, panel, label, link) => {
  const { Decoration, DecorationSet } = pm.view;
  let named = [];

  const read = (doc) => {
    const places = rangesOf(doc, named);
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
        named = placesIn(panel);
        view.dispatch(view.state.tr.setMeta(plugin, true));
      };
      const observer = new MutationObserver(refresh);
      observer.observe(panel, { childList: true });
      named = placesIn(panel);
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
