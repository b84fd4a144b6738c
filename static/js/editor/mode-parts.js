/* Parts of the page for one of the two ways to write, named by data-in-mode. Without scripts one writes Markdown, so
   what is for the visual editor alone is hidden in the page. */

/* The present editor of a form; the visual editor counts from when it begins to open. */
export const modeOf = (form) => {
  const { mode } = form.querySelector(".frame")?.dataset ?? {};
  return mode === "visual" || mode === "opening" ? "visual" : "markdown";
};

export const showModeParts = (root, mode) => {
  for (const part of root.querySelectorAll("[data-in-mode]")) part.hidden = part.dataset.inMode !== mode;
};
