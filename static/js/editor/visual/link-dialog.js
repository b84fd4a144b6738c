/* The address of a link: a dialog of the page, for the words that are selected. */
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const EMAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;

/* The address that is meant, or null for one that leads nowhere. */
export const addressOf = (typed) => {
  const address = typed.trim();
  if (/\s/.test(address) || !address) return null;
  if (/^https?:\/\/[^\s/]+|^mailto:[^\s]+@|^#.|^\/(?![/\\])/i.test(address)) return address;
  if (EMAIL.test(address)) return `mailto:${address}`;
  if (/^(?:doi:)?10\.\d{4,9}\//i.test(address)) return `https://doi.org/${address.replace(/^doi:/i, "")}`;
  return !SCHEME.test(address) && /^[^\s/]+\.[a-z]{2,}(?:[/?#:]|$)/i.test(address) ? `https://${address}` : null;
};

export const createLinkDialog = (dialog) => {
  const form = dialog.querySelector("form");
  const { address, words } = form.elements;
  const error = dialog.querySelector("[data-link-said]");
  const remove = dialog.querySelector("[data-link-remove]");

  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "set" || addressOf(address.value)) return;
    event.preventDefault();
    error.textContent = dialog.dataset.invalid;
    address.setAttribute("aria-invalid", "true");
    address.focus();
  });

  const setLink = (editor) => {
    const href = addressOf(address.value);
    const commands = editor.chain().extendMarkRange("link");
    if (!editor.state.selection.empty || editor.isActive("link")) commands.setMark("link", { href, title: null }).run();
    else {
      const text = words.value.trim() || href;
      commands.insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href } }] }).run();
    }
  };

  return {
    open(editor) {
      const isLink = editor.isActive("link");
      const needsWords = editor.state.selection.empty && !isLink;
      address.value = editor.getAttributes("link").href ?? "";
      words.value = "";
      words.closest("[data-link-words]").hidden = !needsWords;
      remove.hidden = !isLink;
      error.textContent = "";
      address.removeAttribute("aria-invalid");
      dialog.returnValue = "";
      dialog.addEventListener(
        "close",
        () => {
          editor.view.focus();
          if (dialog.returnValue === "set") setLink(editor);
          else if (dialog.returnValue === "remove") editor.chain().extendMarkRange("link").unsetMark("link").run();
        },
        { once: true },
      );
      dialog.showModal();
      address.focus();
    },
  };
};
