/* The table of prompts: what a changed field was before, how many changes are not saved, and how many rows are chosen.
   Without it the fields are the same, and the page says so once it comes back. */
import { countedIn } from "../lib/counts.js";

const form = document.querySelector("form[data-prompts]");

const put = (place, count) => {
  place.textContent = count === 0 ? place.dataset.none : countedIn(place, count);
};

const fields = () => [...form.querySelectorAll("[data-stored]")];

const showChange = (field) => {
  const isChanged = field.value !== field.dataset.stored;
  const cell = field.closest("[data-cell]");
  cell.classList.toggle("is-changed", isChanged);
  cell.querySelector("[data-was]").hidden = !isChanged;
  return isChanged;
};

const showChanges = () => put(form.querySelector("[data-changes]"), fields().filter(showChange).length);

const showChosen = () =>
  put(form.querySelector("[data-chosen]"), form.querySelectorAll("[name=chosen]:checked").length);

if (form) {
  const chosen = form.querySelector("[data-chosen]");
  chosen.dataset.none = chosen.textContent.trim();
  form.addEventListener("change", ({ target }) => {
    if (target.name === "chosen") showChosen();
    else showChanges();
  });
  showChosen();
  if (fields().some(showChange)) showChanges(); // also what the browser put back after a reload
}
