/* Ctrl+S saves. What is typed saves itself as well, and leaving is safe: lib/autosave.js. */
export const startSaving = (form) => {
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.key.toLowerCase() !== "s") return;
    form.requestSubmit(form.querySelector("button[data-save]"));
    event.preventDefault();
  });
};
