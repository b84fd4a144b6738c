/* The light or dark choice. The one classic script, in <head>: a module runs when the page is read,
   and a stored choice must be set before the first paint. Without this script the page follows the system and the button
   stays hidden. Choosing what the system has anyway forgets the choice. */
(() => {
  const key = "theme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  const stored = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const store = (theme) => {
    try {
      if (theme) localStorage.setItem(key, theme);
      else localStorage.removeItem(key);
    } catch {
      /* private windows may refuse: the choice then lasts for this page */
    }
  };
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    /* what a phone draws around the page has its colour too */
    for (const meta of document.querySelectorAll("meta[data-of]")) {
      const { of } = meta.dataset;
      const isOther = root.dataset.theme && root.dataset.theme !== of;
      meta.media = isOther ? "not all" : root.dataset.theme ? "all" : `(prefers-color-scheme: ${of})`;
    }
  };
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);

  apply(stored());

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    if (!button) return;
    const show = () => {
      for (const words of button.querySelectorAll("[data-theme-to]")) {
        words.hidden = (words.dataset.themeTo === "dark") === isDark();
      }
    };

    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      const wanted = isDark() ? "light" : "dark";
      const theme = (wanted === "dark") === system.matches ? null : wanted;
      apply(theme);
      store(theme);
      show();
    });
    system.addEventListener("change", show);
    addEventListener("storage", (event) => {
      if (event.key === key) {
        apply(event.newValue);
        show();
      }
    });
  });
})();
