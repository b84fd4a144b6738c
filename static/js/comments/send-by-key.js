/* Ctrl+Enter sends a comment, by its own button. */
export const sendByKey = (form) => {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button.btn-primary[type=submit]"));
  });
};
