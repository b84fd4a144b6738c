// The marking desk by keyboard: a digit chooses a level, Ctrl+Enter saves and opens the next.
// Without this script the same radios and buttons do the same.
const form = document.getElementById("reading");

if (form) {
  const queue = document.getElementById("queue");
  if (queue && matchMedia("(width < 72rem)").matches) queue.open = false;
  const keys = form.querySelector("[data-keys]");
  if (keys) keys.hidden = false;

  const criteria = [...form.querySelectorAll("[data-criterion]")];
  const sum = document.getElementById("sum");
  const count = () => {
    const open = criteria.filter((c) => !c.querySelector(":checked")).length;
    sum.textContent = open ? sum.dataset.open.replace("%n", open) : sum.dataset.done;
  };
  if (criteria.length && sum) {
    count();
    form.addEventListener("change", count);
  }

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
      form.requestSubmit(form.querySelector('button[value="next"]'));
    }
  });
}
