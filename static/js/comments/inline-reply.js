/* Replies without leaving the page.

   Without this script "Reply" opens a page of its own with the same form; with it the form opens
   below the comment. Escape, or the link back, closes it and returns the focus. What is typed saves
   itself (lib/autosave.js), in a form that opens here too. */
import { attach, detach } from "../lib/autosave.js";
import { focusText } from "../lib/text-field.js";
import { sendByKey } from "./send-by-key.js";
import { startEditor } from "./small-editor.js";

const textField = (form) => form.querySelector("textarea");
const isChanged = (form) => textField(form).value !== textField(form).defaultValue;

const close = (link, form) => {
  detach(form);
  form.remove();
  link.setAttribute("aria-expanded", "false");
  link.focus();
};

/* The page has a comment form already, so the ids of this one get an ending of their own. */
const renameIds = (form, suffix) => {
  for (const element of form.querySelectorAll("[id]")) {
    for (const label of form.querySelectorAll(`[for="${element.id}"]`)) label.htmlFor += suffix;
    for (const tools of form.querySelectorAll(`[aria-controls="${element.id}"]`)) {
      tools.setAttribute("aria-controls", element.id + suffix);
    }
    for (const described of form.querySelectorAll(`[aria-describedby~="${element.id}"]`)) {
      const ids = described.getAttribute("aria-describedby").split(" ");
      const renamed = ids.map((id) => (id === element.id ? id + suffix : id));
      described.setAttribute("aria-describedby", renamed.join(" "));
    }
    element.id += suffix;
  }
};

const insert = (link, form) => {
  const comment = link.closest(".comment");
  form.classList.add("composer");
  textField(form).removeAttribute("autofocus");
  renameIds(form, `_${comment.id}`);
  link.closest(".actions").after(form);
  link.setAttribute("aria-expanded", "true");
  attach(form);
  startEditor(form);
  sendByKey(form);
  form.querySelector("[data-cancel]").addEventListener("click", (event) => {
    event.preventDefault();
    close(link, form);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !isChanged(form)) close(link, form);
  });
  focusText(form);
};

const fetchForm = async (url) => {
  const response = await fetch(url, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const form = response.ok && !response.redirected && page.querySelector("#reply form[data-talk]");
  if (!form) throw new Error("no form");
  return document.importNode(form, true);
};

const open = async (link) => {
  const openForm = link.closest(".comment").querySelector("form[data-talk]");
  if (openForm) {
    focusText(openForm);
    return;
  }
  try {
    insert(link, await fetchForm(link.href));
  } catch {
    location.assign(link.href);
  }
};

export const startInlineReplies = () => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-reply]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(link);
  });
};
