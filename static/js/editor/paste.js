/* Pasting into the editor. What is pasted is in the text at once, as plain text; the server says what
   it becomes, the writer sees each change before it is made, and the browser's undo takes it
   back. In the visual editor a plain text becomes what it is in Markdown: lines that follow each other are one
   paragraph, and Markdown is what it means. Ctrl+Shift+V stays plain, line by line, and so does everything while the
   site does not answer, which is said. */

import { withPlainLineEnds } from "../lib/line-ends.js";
import { hasMarkdown } from "../lib/markdown-signs.js";
import { isPlainPaste } from "../lib/plain-paste.js";
import { editBeside, openOverText } from "../lib/text-field.js";
import { postAddress } from "./post-address.js";

const MAX_PASTE_CHARS = 300_000;
const TIMEOUT_MS = 15_000;

const JOINED = /\S[^\S\n]*\n[^\S\n]*\S/;

/* A word or a line that has nothing to change goes in as it always does. */
const mayNeedChanges = (plain) => /\n|[^\p{ASCII}]|\(.*\d{4}.*\)/u.test(plain);

const fillDialog = (dialog, html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  dialog.replaceChildren(...page.body.childNodes);
};

/* Returns what pastes: a function of what a clipboard has. It returns whether it took the paste. A comment has no
   references to look up, and one `address` where its texts are prepared. */
export const startPaste = (form, field, surfaces, { picker, finder, address = null }) => {
  const status = form.querySelector("[data-paste-told]");
  const words = status.dataset;

  const ask = async (page, paste, choices = null) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("pasted", paste.plain);
    body.set("html", paste.html);
    body.set("beside", field.value);
    for (const [name, value] of choices ? new FormData(choices) : []) body.append(name, value);
    const asked = address ?? (await postAddress(form, page));
    if (!asked) return null;
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(asked, { method: "POST", body, signal });
      return response.ok && !response.redirected ? await response.json() : null;
    } catch {
      return null;
    }
  };
  const askChanges = (paste, choices) => ask("paste/changes/", paste, choices);

  /* Show every change with its checkbox; what is unticked is left out, and what follows from it too.
     Resolves to the form with the choices, or to null. */
  const chooseChanges = (paste, answer) =>
    new Promise((resolve) => {
      const dialog = document.createElement("dialog");
      dialog.className = "sheet";
      dialog.setAttribute("aria-labelledby", "paste-h");
      fillDialog(dialog, answer.dialog);
      form.after(dialog);
      let latest = 0;
      dialog.addEventListener("change", async ({ target }) => {
        latest += 1;
        const number = latest;
        const updated = await askChanges(paste, dialog.querySelector("form"));
        if (!updated || number !== latest || !dialog.open) return;
        const { id } = target;
        fillDialog(dialog, updated.dialog);
        dialog.querySelector(`#${id}`)?.focus();
      });
      dialog.addEventListener("submit", (event) => {
        dialog.returnValue = event.submitter?.value ?? "";
      });
      dialog.addEventListener("close", () => {
        const choices = dialog.querySelector("form");
        dialog.remove();
        surfaces.current.focus();
        resolve(dialog.returnValue === "apply" ? choices : null);
      });
      openOverText(dialog);
    });

  /* Make what was pasted the text of an answer; resolves to what to say. The writer may have changed it meanwhile. */
  const replace = async ({ held }, { text, said }) => {
    if (await held.replace(text)) return said;
    return held.isThere() ? words.failed : words.changed;
  };

  /* Keep a text as it was pasted; in the visual editor it is what it is in Markdown. */
  const keep = async (paste) => {
    if (!paste.isRead) return "";
    if (!paste.held.isThere()) return words.changed;
    if (await paste.held.isTooLarge(paste.plain)) return "";
    if (!paste.isMarkdown && (await paste.held.isReadAs(paste.plain)))
      return !paste.held.keepsLines && JOINED.test(paste.plain) ? words.lines : "";
    return replace(paste, { text: paste.plain, said: words.markdown });
  };

  const applyChanges = async (paste, choices) => {
    if (!paste.held.isThere()) return words.changed;
    const answer = await ask("paste/apply/", paste, choices);
    if (!answer) return words.failed;
    const said = await replace(paste, answer);
    finder.refresh();
    if (said !== answer.said) return `${said} ${words.references}`;
    const { title } = form.elements;
    if (answer.title && !title.value.trim()) {
      editBeside(title, { from: 0, to: title.value.length, text: answer.title });
    }
    return said;
  };

  /* The same words may be a page, and plain text of them other Markdown than that of the page. */
  const settle = (paste, answer) => {
    const isSame = answer.text === paste.plain || (paste.isRead && answer.text.trim() === paste.plain.trim());
    if (isSame && !paste.html) return keep(paste);
    return answer.text === paste.plain && answer.text === paste.held.written ? "" : replace(paste, answer);
  };

  /* Resolves to what to say of a paste. */
  const offerChanges = async (paste) => {
    const answer = await askChanges(paste);
    if (!answer) return words.failed;
    if (!answer.asks) return settle(paste, answer);
    if (!paste.held.isThere()) return words.changed;
    const choices = await chooseChanges(paste, answer);
    return choices ? applyChanges(paste, choices) : keep(paste);
  };

  const prepare = async (paste) => {
    status.textContent = "";
    status.textContent = await offerChanges(paste);
    paste.held.release();
  };

  const paste = (clipboard, isPlain) => {
    const plain = withPlainLineEnds(clipboard.getData("text/plain"));
    if (picker?.isOpen() && !plain.trim().includes("\n")) return false; // it is what the list is to look up
    if (surfaces.current.isReadOnly() || isPlain || !plain.trim() || plain.length > MAX_PASTE_CHARS) return false;
    let html = clipboard.getData("text/html").replace(/(\bsrc=["'])data:[^"'>]*/g, "$1");
    if (html.length > MAX_PASTE_CHARS) html = "";
    const isVisual = !surfaces.current.isMarkdown;
    const isMarkdown = isVisual && hasMarkdown(plain, { isComment: address !== null });
    if (!html && !isMarkdown && !mayNeedChanges(plain)) return false;
    // A page has each paragraph on a line of its own, and undo is to show signs where they were.
    const held = surfaces.current.hold(plain, { byLine: isMarkdown || html !== "" });
    prepare({
      plain,
      html,
      held,
      isMarkdown,
      isRead: isMarkdown || (isVisual && !html && plain.trim().includes("\n")),
    });
    return true;
  };
  field.addEventListener("paste", (event) => {
    if (!event.defaultPrevented && paste(event.clipboardData, isPlainPaste())) event.preventDefault();
  });
  return paste;
};
