/* Menus are <details>: they open and close without this script. It adds what people expect
   from a menu: Escape closes it and returns the focus, so does a click or a step outside. One listener for all menus
   of a page, of which a long thread has hundreds. */
const OPEN = "details.menu-box[open]";

const closeOthers = (target) => {
  for (const menu of document.querySelectorAll(OPEN)) {
    if (!menu.contains(target)) menu.open = false;
  }
};

export const startMenus = () => {
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.(OPEN);
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("focusin", ({ target }) => closeOthers(target));
  document.addEventListener("pointerdown", ({ target }) => closeOthers(target));
};
