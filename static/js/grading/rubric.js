/* A rubric by keyboard: a digit chooses a level, Ctrl+Enter saves and opens the next post.
   Without this script the same radios and buttons do the same. */

/* Say how many criteria have no level yet. */
const startCount = (form, criteria) => {
  const output = document.getElementById("sum");
  if (!criteria.length || !output) return;
  const labels = output.dataset.labels.split("|");
  const update = () => {
    const open = criteria.filter((criterion) => !criterion.querySelector(":checked")).length;
    output.textContent = labels[open];
  };
  update();
  form.addEventListener("change", update);
};

export const startRubric = (form) => {
  const keysHelp = form.querySelector("[data-keys]");
  if (keysHelp) keysHelp.hidden = false;

  const criteria = [...form.querySelectorAll("[data-criterion]")];
  startCount(form, criteria);

  for (const criterion of criteria) {
    criterion.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const radio = criterion.querySelector(`input[value="${CSS.escape(event.key)}"]`);
      if (!radio) return;
      event.preventDefault();
      radio.checked = true;
      radio.focus();
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  form.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-next]"));
    }
  });
};
