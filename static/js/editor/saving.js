/* Ctrl+S saves, and the browser asks before a changed form is left unsent. */
const isChanged = (form) =>
  [...form.elements].some(
    (field) =>
      field.defaultValue !== undefined &&
      field.type !== "hidden" &&
      !field.readOnly &&
      field.value !== field.defaultValue,
  );

export const startSaving = (form) => {
  const cameBackWithErrors = form.querySelector("[role=alert]") !== null;
  let isSubmitting = false;

  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.key.toLowerCase() !== "s") return;
    form.requestSubmit(form.querySelector("button[data-save]"));
    event.preventDefault();
  });
  form.addEventListener("submit", () => {
    isSubmitting = true;
  });
  addEventListener("pageshow", () => {
    isSubmitting = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!isSubmitting && (cameBackWithErrors || isChanged(form))) event.preventDefault();
  });
};
