/* The conversation without leaving the page. Without this script "Reply" opens a page of its own
   with the same form; with it the form opens below the comment. Escape or "Back without sending"
   puts the focus back where it was. Whoever leaves with unsent words is asked first. */
(() => {
  const dirty = (form) => [...form.querySelectorAll("textarea")].some((box) => box.value !== box.defaultValue);
  let sending = false;

  const close = (link, form) => {
    form.remove();
    link.setAttribute("aria-expanded", "false");
    link.focus();
  };

  const place = (link, form) => {
    form.classList.add("composer");
    form.querySelector("textarea").removeAttribute("autofocus");
    link.closest(".actions").after(form);
    link.setAttribute("aria-expanded", "true");
    for (const field of form.querySelectorAll("[id]")) {
      const id = `${field.id}-${Date.now()}`;
      for (const label of form.querySelectorAll(`[for="${field.id}"]`)) label.htmlFor = id;
      for (const told of form.querySelectorAll(`[aria-describedby~="${field.id}"]`)) {
        told.setAttribute("aria-describedby", told.getAttribute("aria-describedby").replace(field.id, id));
      }
      field.id = id;
    }
    form.querySelector("[data-cancel]").addEventListener("click", (event) => {
      event.preventDefault();
      close(link, form);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !dirty(form)) close(link, form);
    });
    form.querySelector("textarea").focus();
  };

  const open = async (link) => {
    const standing = link.closest(".comment").querySelector("form[data-talk]");
    if (standing) {
      standing.querySelector("textarea").focus();
      return;
    }
    try {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const form = answer.ok && !answer.redirected && page.querySelector("#reply form[data-talk]");
      if (!form) throw new Error("no form");
      place(link, document.importNode(form, true));
    } catch {
      location.assign(link.href);
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-reply]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(link);
  });
  document.addEventListener("submit", () => { sending = true; });
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("beforeunload", (event) => {
    if (sending) return;
    if ([...document.querySelectorAll("form[data-talk]")].some(dirty)) event.preventDefault();
  });
})();
