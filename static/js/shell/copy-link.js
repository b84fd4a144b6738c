/* “Copy link” copies the address of a post, a comment or a course to join, and says so where it is. Without this script, and where
   copying is not allowed, it is a link that leads there. */
export const startCopyLinks = () => {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-copy-link]");
    if (!link || !navigator.clipboard || event.metaKey || event.ctrlKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      window.location.assign(link.href);
      return;
    }
    const said = document.createElement("output");
    said.className = "meta";
    said.textContent = link.dataset.copyLink;
    link.parentElement.querySelector("output")?.remove();
    link.after(said);
  });
};
