/* The form of a rubric. Its buttons send the form, and the answer is the form as they leave it; this script puts
   the criteria of the answer into the page, so that the page stays where it is. Without it the page is loaded again. */
import { countedIn } from "../lib/counts.js";
import { applyValues } from "../lib/form-values.js";

const form = document.querySelector("form[data-arrange]");
const criteria = () => document.getElementById("criteria");

const fetchPage = async (address, body) => {
  const response = await fetch(address, { method: "POST", body });
  if (!response.ok || response.redirected) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html");
};

/* Put the criteria of a page into this one, and the focus where that page has it. */
const show = (page) => {
  const fresh = page.getElementById("criteria");
  const told = fresh.querySelector("[data-told]");
  const status = criteria().querySelector("[data-told]");
  const words = told.textContent;
  told.replaceWith(status); // a screen reader speaks what changes in a part that stays
  criteria().replaceWith(fresh);
  status.textContent = "";
  requestAnimationFrame(() => {
    status.textContent = words;
  });
  form.querySelector("[data-sum]").textContent = page.querySelector("[data-sum]").textContent;
  fresh.querySelector("[autofocus]")?.focus();
  form.dispatchEvent(new Event("change", { bubbles: true }));
};

const arrange = async (body) => {
  criteria().inert = true; // what is typed now would be lost
  const page = await fetchPage(form.dataset.arrange, body).catch(() => null);
  criteria().inert = false;
  if (!page?.getElementById("criteria")) return false;
  show(page);
  return true;
};

const numberIn = (text) => (text.trim() ? Number(text.trim().replace(",", ".")) : NaN);
const inWords = (number) => {
  if (!Number.isFinite(number)) return form.dataset.open;
  return countedIn(form, Math.round(number * 100) / 100);
};
const fieldsIn = (part, name) => [...part.querySelectorAll(`[name^="${name}-"]`)].map(({ value }) => value);

/* Show names and sums as they are typed. */
const count = () => {
  let sum = 0;
  for (const criterion of form.querySelectorAll("[data-criterion]")) {
    const [weight] = fieldsIn(criterion, "weight");
    const highest = Math.max(...fieldsIn(criterion, "points").map(numberIn)) * (weight.trim() ? numberIn(weight) : 1);
    sum += highest;
    criterion.querySelector("[data-highest]").textContent = inWords(highest);
    const name = criterion.querySelector("[data-name]");
    name.textContent = fieldsIn(criterion, "criterion")[0] || name.dataset.empty;
  }
  form.querySelector("[data-sum]").textContent = inWords(sum);
};

if (form) {
  let isPlain = false;
  form.addEventListener("submit", async (event) => {
    const { submitter } = event;
    if (isPlain || !submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (await arrange(new FormData(form, submitter))) return;
    isPlain = true; // no connection, or a page of its own to show
    form.requestSubmit(submitter);
  });
  form.addEventListener("input", count);
  /* Text that was kept in this browser may be of criteria that this page does not have. */
  form.addEventListener("restore", async (event) => {
    event.preventDefault();
    const body = new FormData(form);
    for (const name of [...body.keys()])
      if (/^(criterion|about|weight|row|level|points|text)-/.test(name)) body.delete(name);
    for (const [name, value] of Object.entries(event.detail)) body.set(name, value);
    await arrange(body);
    applyValues(form, event.detail);
    form.dispatchEvent(new Event("change", { bubbles: true }));
    count();
  });
}
