/* The words of the citations of a text. The site formats them: who is 2014a depends on all of them. So it is no
   part of the document, and a citation that is shown otherwise is no change of the text. What the site has not said
   yet is shown as its source: never as the words that somebody's HTML has for it. */
import { shownForms } from "../../lib/citation-forms.js";

export const sourceOf = ({ dataset }) => dataset.cite.replace(/\s+/g, " ");

/* A guess until the site has answered. */
const guess = (source, label) => shownForms(label)[source.startsWith("[") ? "bracketed" : "narrative"];

/* `onTyped` is called when somebody has typed a citation that the site has to format. */
export const createCitations = (labels, onTyped) => {
  const known = new Map(); // from source to { shown, unknown }
  const views = new Map(); // from element to source

  const describe = (source) => {
    const { shown, unknown } = known.get(source) ?? { shown: source, unknown: false };
    const label = (unknown ? labels.unknown : labels.citation).replace("%s", shown);
    const attributes = { class: "chip", role: "img", "aria-label": label, title: labels.change, "data-cite": source };
    if (unknown) Object.assign(attributes, { class: "chip is-unknown", title: label, "data-unknown": "1" });
    return { ...attributes, shown };
  };

  const draw = (element, source) => {
    const { shown, class: names, ...attributes } = describe(source);
    element.removeAttribute("data-unknown");
    element.classList.remove("is-unknown"); // and keep the class of the one whose card is open
    element.classList.add(...names.split(" "));
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (element.textContent !== shown) element.textContent = shown;
  };

  return {
    describe,
    onTyped,

    /* Take what a page of the site's HTML shows. */
    learn(body) {
      for (const element of body.querySelectorAll("[data-cite]")) {
        known.set(sourceOf(element), { shown: element.textContent, unknown: "unknown" in element.dataset });
      }
    },

    expect(source, label) {
      if (!known.has(source)) known.set(source, { shown: guess(source, label), unknown: false });
    },

    createView(source) {
      const dom = document.createElement("span");
      views.set(dom, source);
      draw(dom, source);
      return { dom, ignoreMutation: () => true, destroy: () => views.delete(dom) };
    },

    /* Show what the site has said of the present text; a citation that it has not read as one is unknown. */
    refresh() {
      for (const [element, source] of views) {
        if (!known.has(source)) known.set(source, { shown: source, unknown: true });
        draw(element, source);
      }
    },
  };
};
