/* The writing desk, smoother. Every button works without this script: it only adds a preview that
   keeps up, a key that saves, and a question before words are left behind. */
(() => {
  const desk = document.querySelector("[data-desk]");
  const text = desk?.querySelector("textarea[name=text]");
  if (!text) return;
  const { edits } = globalThis;
  let leaving = false;
  let shown = text.value;
  let timer;

  const isTyped = () => [...desk.elements].some((field) => field.defaultValue !== undefined && field.type !== "hidden" && !field.readOnly && field.value !== field.defaultValue);
  const typedBefore = desk.querySelector("[role=alert]") !== null;

  const reveal = () => {
    for (const part of desk.querySelectorAll("[data-scripted], [data-cite]")) part.hidden = false;
  };

  /* The server renders; nothing here knows what a citation or a word is. The buttons are called
     "action", so desk.action would be them. */
  const refresh = async () => {
    const sent = text.value;
    if (sent === shown) return;
    const form = new FormData(desk);
    form.set("action", "preview");
    try {
      const answer = await fetch(desk.getAttribute("action"), { method: "POST", body: form });
      if (answer.status === 429) timer = setTimeout(refresh, 10_000);
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      shown = sent;
      for (const part of desk.querySelectorAll("[data-fresh]")) {
        const fresh = page.querySelector(`[data-fresh=${part.dataset.fresh}]`);
        if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes);
      }
      reveal();
    } catch {
      /* Offline: the words are in the page, and the preview waits. */
    }
  };

  desk.addEventListener("click", (event) => {
    const tool = event.target.closest("button");
    if (!tool || tool.type !== "button") return;
    if (tool.dataset.cite) edits.insert(text, tool.dataset.cite);
  });
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 1500);
  });
  desk.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.key.toLowerCase() !== "s") return;
    desk.requestSubmit(desk.querySelector("button[value=save]"));
    event.preventDefault();
  });
  desk.addEventListener("submit", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => {
    if (!leaving && (typedBefore || isTyped())) event.preventDefault();
  });
  reveal();
})();
