/* The references beside the text: one field that finds them in place, and buttons that add what was found.
   Without this script the same buttons save the text and show the page again. */
import { placesIn } from "../lib/typed-links.js";
import { fieldsOf } from "./find-references.js";
import { hasAddress } from "./post-address.js";

export const startReferencesPanel = (form, surfaces, finder) => {
  const panel = form.querySelector("[data-find]");
  if (!panel) return;
  const field = panel.querySelector("textarea");
  const results = panel.querySelector("[data-found]");
  const status = panel.querySelector("[data-find-told]");
  let latest = 0;

  const say = (words) => {
    status.textContent = words;
    status.classList.toggle("visually-hidden", !words);
  };

  const find = async () => {
    const text = field.value.trim();
    latest += 1;
    const number = latest;
    results.replaceChildren();
    if (!text) return;
    say(status.dataset.looking);
    const answer = await finder.find(text);
    if (number !== latest) return;
    say(answer ? "" : status.dataset.failed);
    if (answer) results.replaceChildren(answer.list);
  };

  const add = async (button) => {
    button.setAttribute("aria-disabled", "true");
    const answer = await finder.add(fieldsOf(button));
    button.removeAttribute("aria-disabled");
    say(answer?.said ?? status.dataset.failed);
    if (!answer?.references) return;
    const item = button.closest("li");
    if (results.contains(item)) {
      results.replaceChildren();
      field.value = "";
    } else item.remove();
    field.focus();
    finder.refresh();
  };

  /* Link a citation in the text; what cannot be linked there, the site links. */
  const link = async (button) => {
    const places = placesIn(form);
    const place = places[button.dataset.link];
    if (place && (await surfaces.current.linkTyped(places, place))) {
      button.closest("li")?.remove();
      return;
    }
    delete button.dataset.link;
    button.click();
  };

  /* Link all of them as one step of undo. */
  const linkAll = async (button) => {
    if (await surfaces.current.linkAllTyped(placesIn(form))) {
      say(button.dataset.said.trim());
      button.closest(".section").querySelector(".checks").remove();
      button.remove();
      return;
    }
    delete button.dataset.linkAll;
    button.click();
  };

  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    find();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("findButton" in button.dataset) {
      event.preventDefault();
      find();
    } else if ("findFor" in button.dataset) {
      event.preventDefault();
      field.value = button.dataset.findFor;
      field.focus();
      find();
    } else if ("link" in button.dataset && !surfaces.current.isReadOnly()) {
      event.preventDefault();
      link(button);
    } else if ("linkAll" in button.dataset && !surfaces.current.isReadOnly()) {
      event.preventDefault();
      linkAll(button);
    } else if ("add" in button.dataset && hasAddress(form)) {
      // Until a new post has saved itself, it has nowhere to add a reference: the form is sent, as without scripts.
      event.preventDefault();
      if (!button.hasAttribute("aria-disabled")) add(button);
    }
  });
};
