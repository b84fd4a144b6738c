/* Full screen: the text, its preview and the buttons that keep it, and nothing else. */
(() => {
  const desk = document.querySelector("[data-desk]");
  const text = desk?.querySelector("textarea[name=text]");
  const button = desk?.querySelector("[data-full]");
  if (!text || !button) return;
  const root = document.documentElement;
  const told = desk.querySelector("[data-full-told]");

  const set = (isFull) => {
    root.toggleAttribute("data-full-desk", isFull);
    button.setAttribute("aria-pressed", isFull);
    told.textContent = isFull ? told.dataset.on : told.dataset.off;
    button.scrollIntoView({ block: "nearest" });
  };

  button.addEventListener("click", () => set(!root.hasAttribute("data-full-desk")));
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !root.hasAttribute("data-full-desk")) return;
    set(false);
  });
})();
