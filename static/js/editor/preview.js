/* A preview that keeps up with the text, and buttons that cite. The server renders; nothing here
   knows what a citation or a word is. */
import { previewAddress } from "./post-address.js";

const DELAY_MS = 1500;
const RATE_LIMIT_DELAY_MS = 10_000;

export const startPreview = (form, field, surfaces) => {
  let shown = field.value;
  let timer;

  const showScripted = () => {
    for (const part of form.querySelectorAll("[data-scripted], [data-cite]")) part.hidden = false;
  };

  const refresh = async () => {
    const text = field.value;
    if (text === shown) return;
    const body = new FormData(form);
    try {
      const response = await fetch(previewAddress(form), { method: "POST", body });
      if (response.status === 429) timer = setTimeout(refresh, RATE_LIMIT_DELAY_MS);
      if (!response.ok || response.redirected) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      shown = text;
      for (const part of form.querySelectorAll("[data-fresh]")) {
        const fresh = page.querySelector(`[data-fresh=${part.dataset.fresh}]`);
        if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes);
      }
      showScripted();
    } catch {
      /* Offline: the text is in the page, and the preview waits. */
    }
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.type === "button" && button.dataset.cite) surfaces.current.insert(button.dataset.cite);
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, DELAY_MS);
  });
  showScripted();
};
