/* Comment on a passage: what is selected in the post, or a paragraph by its number, goes into the comment form. Without
   this script the number of a paragraph is a link to the form, where the words can be typed. */
import { focusText } from "../lib/text-field.js";
import { readSelection } from "./selected-words.js";

const GAP = 8; // pixels between the words and the button

const read = (form) => {
  try {
    return JSON.parse(form.elements.passage.value || "null");
  } catch {
    return null;
  }
};

/* Show what the two fields of the form say. */
const show = (form) => {
  const box = form.querySelector("[data-passage]");
  const passage = read(form);
  const words = form.elements.quotation.value.trim();
  box.hidden = !passage;
  form.querySelector("[data-passage-hint]").hidden = Boolean(passage);
  if (!passage) return;
  const link = box.querySelector("[data-passage-link]");
  link.hidden = !passage.paragraph;
  link.href = `#p${passage.paragraph}`;
  link.textContent = box.dataset.paragraphWords.replace("%s", passage.paragraph);
  box.querySelector("[data-passage-other]").hidden = Boolean(passage.paragraph);
  const quoted = box.querySelector("[data-passage-words]");
  quoted.textContent = words || box.dataset.wholeParagraph;
  quoted.classList.toggle("is-whole", !words);
};

const openWords = (form, isOpen) => {
  form.querySelector("[data-passage-field]").hidden = !isOpen;
  form.querySelector("[data-passage-change]").setAttribute("aria-expanded", String(isOpen));
};

const change = (form, words, passage) => {
  form.elements.quotation.value = words;
  form.elements.passage.value = passage ? JSON.stringify(passage) : "";
  form.elements.passage.dispatchEvent(new Event("input", { bubbles: true }));
};

const choose = (form, words, passage) => {
  for (const error of form.querySelectorAll("[data-passage-field] .invalid-feedback")) error.remove();
  openWords(form, false);
  change(form, words, passage);
  form.closest(".section").scrollIntoView({ block: "nearest" });
  focusText(form);
};

const startFields = (form) => {
  const { quotation } = form.elements;
  form.querySelector("[data-passage-line]").hidden = false;
  form.querySelector("[data-whole-post]").hidden = true;
  openWords(form, Boolean(form.querySelector("[data-passage-field] .invalid-feedback")));
  show(form);
  form.addEventListener("input", () => show(form));
  quotation.addEventListener("input", () => {
    const { revision, paragraph } = read(form) ?? {};
    // What was around the words that were selected is not around those that are typed.
    if (revision) change(form, quotation.value, { revision, paragraph });
  });
  form.querySelector("[data-passage-change]").addEventListener("click", ({ currentTarget }) => {
    const isOpen = currentTarget.getAttribute("aria-expanded") !== "true";
    openWords(form, isOpen);
    if (isOpen) quotation.focus();
  });
  form.querySelector("[data-passage-remove]").addEventListener("click", () => {
    change(form, "", null);
    focusText(form);
  });
};

/* The button that comes up below what is selected; next to it in the order of the page, for whoever uses Tab. */
const startButton = (form, text) => {
  const button = document.querySelector("[data-passage-button]");
  const frame = text.closest(".reading");
  let chosen = null;
  let isPressed = false;
  const place = ({ range }) => {
    const line = [...range.getClientRects()].at(-1);
    if (!line) return;
    const block = [...text.children].find((child) => child.contains(range.endContainer));
    if (block && block.nextElementSibling !== button) block.after(button);
    button.hidden = false;
    const around = frame.getBoundingClientRect();
    const left = Math.min(line.left - around.left, around.width - button.offsetWidth);
    button.style.insetBlockStart = `${line.bottom - around.top + GAP}px`;
    button.style.left = `${Math.max(0, left)}px`;
  };
  const update = () => {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const selected = range && readSelection(text, range);
    if (!selected && document.activeElement === button) return; // Safari drops the selection for the focus
    chosen = selected;
    if (chosen && !isPressed) place(chosen);
    else button.hidden = true;
  };
  document.addEventListener("selectionchange", update);
  document.addEventListener("pointerdown", ({ target, pointerType }) => {
    isPressed = pointerType === "mouse" && !button.contains(target);
  });
  document.addEventListener("pointerup", () => {
    if (!isPressed) return;
    isPressed = false;
    update();
  });
  addEventListener("resize", update);
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // the words stay selected
  button.addEventListener("click", () => {
    if (!chosen) return;
    const { words, passage } = chosen;
    getSelection().removeAllRanges();
    button.hidden = true;
    choose(form, words, passage);
  });
};

export const startPassages = () => {
  const form = document.querySelector("#say form[data-talk]");
  if (!form?.elements.passage) return;
  startFields(form);
  const text = document.querySelector(".numbered[data-revision]");
  if (!text || !document.querySelector("[data-passage-button]")) return;
  startButton(form, text);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.on-paragraph");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const paragraph = Number(new URL(link.href).searchParams.get("on"));
    choose(form, "", { revision: Number(text.dataset.revision), paragraph });
  });
};
