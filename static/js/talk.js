/* The conversation without leaving the page, and without losing a word.

   Without this script "Reply" opens a page of its own with the same form; with it the form opens
   below the comment. Escape or "Back without sending" puts the focus back where it was.

   What is typed is kept in this browser until it has been sent: a closed tab, a crash or a login
   that has run out costs nothing. Each person and each place in a conversation has its own key. */
(() => {
  const box = (form) => form.querySelector("textarea");
  const dirty = (form) => box(form).value !== box(form).defaultValue;
  const key = (form) => {
    const parent = form.querySelector("[name=parent]")?.value ?? "";
    return `comment ${form.dataset.talk} ${new URL(form.action).pathname} ${parent}`;
  };
  let sending = false;

  const keep = (form) => {
    try {
      if (dirty(form) && box(form).value.trim()) localStorage.setItem(key(form), box(form).value);
      else localStorage.removeItem(key(form));
      return true;
    } catch {
      return false; // private windows may refuse: whoever leaves is then asked first
    }
  };

  const bringBack = (form) => {
    let kept = null;
    try { kept = localStorage.getItem(key(form)); } catch { return; }
    if (!kept || kept === box(form).value || form.querySelector(".is-invalid")) return;
    box(form).value = kept;
    const note = document.createElement("p");
    note.className = "form-text";
    note.setAttribute("role", "status");
    box(form).after(note);
    note.textContent = form.dataset.kept;
  };

  const forgetWhatWasSent = () => {
    try {
      const sent = sessionStorage.getItem("comment sent");
      sessionStorage.removeItem("comment sent");
      if (sent && /^#c\d+$/.test(location.hash)) localStorage.removeItem(sent);
    } catch { /* nothing was kept */ }
  };

  const close = (link, form) => {
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
    bringBack(form);
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

  forgetWhatWasSent();
  document.querySelectorAll("form[data-talk]").forEach(bringBack);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-reply]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(link);
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-talk]");
    if (form && event.target === box(form)) keep(form);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-talk]")) return;
    sending = true;
    try { sessionStorage.setItem("comment sent", key(event.target)); } catch { /* see keep */ }
  });
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("beforeunload", (event) => {
    if (sending) return;
    const lost = [...document.querySelectorAll("form[data-talk]")].some((form) => dirty(form) && !keep(form));
    if (lost) event.preventDefault();
  });
})();
