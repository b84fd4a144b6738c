/* A preview that keeps up with the text, and buttons that cite. The server renders; nothing here
   knows what a citation or a word is. */

import { findBlock } from "./paragraphs.js";
import { refreshParts, showScripted } from "./refreshed-parts.js";

const DELAY_MS = 1500;
const RATE_LIMIT_DELAY_MS = 10_000;
const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, pre, tr, figure";

/* One that does not keep up asks when it is shown. */
export const startPreview = (form, field, surfaces, { keepsUp = true } = {}) => {
  const frame = field.closest(".frame");
  const views = form.querySelector("[data-views]");
  const preview = form.querySelector(".preview");
  const oldCounts = form.querySelector("[data-old-counts]"); // a small editor counts nothing
  let shown = keepsUp ? field.value : null;
  let hasFailed = false; // then the next save shows that the site is there again
  let timer;
  let refreshing = null;

  const ask = async () => {
    const text = field.value;
    const status = await refreshParts(form);
    if (status === 429) timer = setTimeout(refresh, RATE_LIMIT_DELAY_MS);
    if (status === 200) shown = text;
    hasFailed = status !== 200;
    if (oldCounts) oldCounts.textContent = status === 0 && !navigator.onLine ? oldCounts.dataset.oldCounts : "";
  };
  const refresh = async () => {
    clearTimeout(timer);
    await refreshing;
    if (field.value === shown) return;
    refreshing = ask();
    await refreshing;
    refreshing = null;
  };

  /* The preview opens where the caret is. */
  const showCaret = ({ paragraph, ratio }) => {
    const blocks = [...preview.querySelectorAll(`.prose :is(${BLOCKS})`)];
    const block =
      blocks[
        findBlock(
          blocks.map((element) => element.textContent),
          paragraph,
          ratio,
        )
      ];
    block?.classList.add("is-caret");
    block?.scrollIntoView({ block: "center" });
  };
  const setView = (view) => {
    frame.dataset.view = view;
    for (const button of views.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", button.dataset.view === view);
    }
  };
  let scrolled = 0;
  const show = async (view) => {
    if (!views || frame.dataset.view === view) return;
    const place = surfaces.current.placeOfCaret();
    if (view === "preview") scrolled = scrollY;
    setView(view);
    if (view === "write") {
      scrollTo(0, scrolled);
      surfaces.current.focus();
      return;
    }
    showCaret(place);
    await refresh();
    if (frame.dataset.view === "preview") showCaret(place);
  };

  if (views) {
    setView("write");
    views.addEventListener("click", ({ target }) => {
      const { view } = target.closest("button")?.dataset ?? {};
      if (view) show(view);
    });
    // A tool is for the text, so it is shown again.
    form.querySelector("[role=toolbar]").addEventListener("click", () => show("write"), true);
  }
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.type !== "button" || !button.dataset.cite) return;
    show("write");
    surfaces.current.insertCitation(button.dataset.cite);
  });
  if (keepsUp) {
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, DELAY_MS);
    });
  }
  form.addEventListener("saved", () => {
    if (hasFailed) refresh();
  });
  showScripted(form);
  return { close: () => setView("write") };
};
