/* Full screen: the text with its bar, its counts and its references, and nothing else. */
export const startFullScreen = (form) => {
  const button = form.querySelector("[data-full]");
  if (!button) return;
  const root = document.documentElement;
  const status = form.querySelector("[data-full-told]");

  const isOn = () => root.hasAttribute("data-full-desk");
  const set = (isFull) => {
    root.toggleAttribute("data-full-desk", isFull);
    button.setAttribute("aria-pressed", isFull);
    status.textContent = isFull ? status.dataset.on : status.dataset.off;
    button.scrollIntoView({ block: "nearest" });
  };

  button.addEventListener("click", () => set(!isOn()));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && isOn()) set(false);
  });
};
