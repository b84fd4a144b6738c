/* The conversation without leaving the page.

   Without this script "Reply" opens a page of its own with the same form; with it the form opens
   below the comment. Escape or "Back without sending" puts the focus back where it was. What is
   typed saves itself (autosave.js), in a form that opens here too. */
(() => {
  const box = (form) => form.querySelector("textarea");
  const dirty = (form) => box(form).value !== box(form).defaultValue;
  const close = (link, form) => {
    globalThis.autosave.detach(form);
    form.remove();
    link.setAttribute("aria-expanded", "false");
    link.focus();
  };

  /* The page has a comment form already, so the ids of this one get an ending of their own. */
  const rename = (form, ending) => {
    for (const field of form.querySelectorAll("[id]")) {
      for (const label of form.querySelectorAll(`[for="${field.id}"]`)) label.htmlFor += ending;
      for (const told of form.querySelectorAll(`[aria-describedby~="${field.id}"]`)) {
        const ids = told.getAttribute("aria-describedby").split(" ");
        told.setAttribute("aria-describedby", ids.map((id) => (id === field.id ? id + ending : id)).join(" "));
      }
      field.id += ending;
    }
  };

  const place = (link, form) => {
    const comment = link.closest(".comment");
    form.classList.add("composer");
    box(form).removeAttribute("autofocus");
    rename(form, `_${comment.id}`);
    link.closest(".actions").after(form);
    link.setAttribute("aria-expanded", "true");
    globalThis.autosave.attach(form);
    form.querySelector("[data-cancel]").addEventListener("click", (event) => {
      event.preventDefault();
      close(link, form);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !dirty(form)) close(link, form);
    });
    box(form).focus();
  };

  const open = async (link) => {
    const standing = link.closest(".comment").querySelector("form[data-talk]");
    if (standing) {
      box(standing).focus();
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
})();
