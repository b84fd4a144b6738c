/* The parts of the page that change with the text and its references, as the server renders them. */
import { modeOf, showModeParts } from "./mode-parts.js";
import { previewAddress } from "./post-address.js";

let asked = 0;

/* Show them again. Resolves to the status of the answer, and to 0 if there is none or a later one overtook it. */
export const refreshParts = async (form) => {
  asked += 1;
  const number = asked;
  try {
    const response = await fetch(previewAddress(form), { method: "POST", body: new FormData(form) });
    if (!response.ok) return response.status;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (response.redirected || number !== asked) return 0;
    showModeParts(page, modeOf(form));
    for (const part of form.querySelectorAll("[data-fresh]")) {
      const fresh = page.querySelector(`[data-fresh=${part.dataset.fresh}]`);
      if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes);
    }
    showScripted(form);
    return response.status;
  } catch {
    return 0; // Offline: the text is in the page, and its parts wait.
  }
};

/* Show what works with scripts alone. */
export const showScripted = (form) => {
  for (const part of form.querySelectorAll("[data-scripted], [data-cite]")) part.hidden = false;
};
