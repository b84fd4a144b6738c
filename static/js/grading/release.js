/* The last look before a release: the button says how many grades are ticked, and a typed date chooses “On a date”.
   Without this script the button names the ticks, and the form says what does not fit. */
const form = document.querySelector("form[data-release]");

const countTicks = () => {
  const button = form.querySelector("[data-labels]");
  const labels = button.dataset.labels.split("|");
  const ticked = [...form.elements].filter((field) => field.name === "grading" && field.checked).length;
  button.querySelector("[data-label]").textContent = labels[ticked];
};

const chooseDate = () => {
  if (form.elements.at.value) form.elements.when.value = "date";
};

if (form) {
  // The boxes stand in the table, outside the form that they belong to.
  document.addEventListener("change", ({ target }) => {
    if (target.form !== form) return;
    if (target.name === "grading") countTicks();
    if (target === form.elements.at) chooseDate();
  });
  // A browser that goes back to the page shows the ticks as they were left.
  addEventListener("pageshow", countTicks);
}
