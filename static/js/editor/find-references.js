/* Finding references and adding them to the post while the text stays where it is. The site finds and adds;
   the panel beside the text and the list at the caret show it. */

import { postAddress, unsavedAddress } from "./post-address.js";
import { refreshParts } from "./refreshed-parts.js";

const TIMEOUT_MS = 25_000; // registries are slow, and the site stops waiting before

const bodyOf = (form, fields) => {
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "writer"]) body.set(name, form.elements[name].value);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return body;
};

const send = async (address, body) => {
  try {
    const response = await fetch(address, { method: "POST", body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.redirected ? null : response;
  } catch {
    return null;
  }
};

const wordsOf = (element) => element?.textContent.trim().replace(/\s+/g, " ") ?? "";

/* The additions by the items of a list of results: { label, entry, source, fields }. */
const itemsOf = (list) =>
  [...list.querySelectorAll("[data-add]")].map((button) => {
    const item = button.closest("li");
    return {
      label: item.dataset.label,
      entry: [...item.querySelectorAll(".work-line")].map(wordsOf).join(" "),
      source: wordsOf(item.querySelector(".meta")),
      fields: fieldsOf(button),
    };
  });

/* The data that a button to add a reference sends. */
export const fieldsOf = (button) => (button.dataset.add ? { work: button.dataset.add } : { records: button.value });

export const createFinder = (form) => {
  return {
    /* Show the references of the post, and all that depends on them. */
    refresh: () => refreshParts(form),

    /* Resolves to { list, items, isCertain, why }, or to null where the site does not answer. `inCourse` asks
       nobody but the course. */
    async find(text, { inCourse = false } = {}) {
      const body = bodyOf(form, { find: text, ...(inCourse ? { in_course: "1" } : {}) });
      const response = await send(unsavedAddress(form, "find/"), body);
      if (!response?.ok) return null;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const list = page.querySelector("ul");
      if (!list) return null;
      const why = wordsOf(list.querySelector("[data-why]"));
      return { list, items: itemsOf(list), isCertain: "certain" in list.dataset, why };
    },

    /* Add what an item names; resolves to { references: [{ key, label }], said }, { said } if it is refused,
       or null where the site does not answer. */
    async add(fields) {
      const address = await postAddress(form, "find/add/");
      const response = address && (await send(address, bodyOf(form, fields)));
      if (!response || !(response.ok || response.status === 422)) return null;
      return response.json();
    },
  };
};
