/* Menus are <details>: they open and close without this script. It adds what people expect
   from a menu: Escape closes it and returns the focus, so does a click or a step outside. */
export const startMenus = () => {
  for (const menu of document.querySelectorAll("details.menu-box")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
    document.addEventListener("pointerdown", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }
};
