/* What the citations of a text show. The site formats them: who is 2014a depends on all of them. So it is no
   part of the document, and a citation that is shown otherwise is no change of the text. */
import { shownForms } from "../../lib/citation-forms.js";

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

    /* Take what an element of the site's HTML shows; return its source. */
    learn(element) {
      const source = element.dataset.cite.replace(/\s+/g, " ");
      known.set(source, { shown: element.textContent, unknown: "unknown" in element.dataset });
      return source;
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

    /* Show what the site's pieces of the present text say. */
    refresh(pieces) {
      for (const { html } of pieces) {
        const { body } = new DOMParser().parseFromString(html, "text/html");
        for (const element of body.querySelectorAll("[data-cite]")) this.learn(element);
      }
      for (const [element, source] of views) draw(element, source);
    },
  };
};
