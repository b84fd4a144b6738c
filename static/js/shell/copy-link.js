/* “Copy link” copies the address of a post, a comment or a course to join, and says so where it is. Without this script, and where
   copying is not allowed, it is a link that leads there. A button copies a text that can be read beside it, such as the
   code of a course; it is shown where a script can copy. */
export const startCopyLinks = () => {
  for (const place of navigator.clipboard ? document.querySelectorAll("[data-copies]") : []) {
    place.hidden = false;
  }
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-copy-link]");
    const button = event.target.closest("button[data-copy-text]");
    if (button) {
      await copy(button, button.dataset.copyText, button.dataset.copied);
    }
    if (!link || !navigator.clipboard || event.metaKey || event.ctrlKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    if (!(await copy(link, link.href, link.dataset.copyLink))) {
      window.location.assign(link.href);
    }
  });
};

const copy = async (control, text, words) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return false;
  }
  const said = document.createElement("output");
  said.className = "meta";
  said.textContent = words;
  control.parentElement.querySelector("output")?.remove();
  control.after(said);
  return true;
};
