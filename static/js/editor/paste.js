/* Pasting into the editor. What is pasted is in the text at once, as plain text; the server says what
   it becomes, the writer sees each change before it is made, and the browser's undo takes it
   back. Ctrl+Shift+V stays plain, and so does everything while the site does not answer. */
import { insertText } from "../lib/text-field.js";
import { postAddress } from "./post-address.js";
import { addStatusLine } from "./status-line.js";

const MAX_PASTE_CHARS = 300_000;
const TIMEOUT_MS = 15_000;

/* A word or a line that has nothing to change goes in as it always does. */
const mayNeedChanges = (plain) => /\n|[^\p{ASCII}]|\(.*\d{4}.*\)/u.test(plain);

const fillDialog = (dialog, html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  dialog.replaceChildren(...page.body.childNodes);
};

/* Returns what pastes: a function of what a clipboard has. It returns whether it took the paste. */
export const startPaste = (form, field, surfaces, picker) => {
  const status = addStatusLine(field);
  let isPlainKey = false;

  const ask = async (page, paste, choices = null) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("pasted", paste.plain);
    body.set("html", paste.html);
    body.set("beside", field.value);
    for (const [name, value] of choices ? new FormData(choices) : []) body.append(name, value);
    const address = await postAddress(form, page);
    if (!address) return null;
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(address, { method: "POST", body, signal });
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
      dialog.showModal();
    });

  const applyChanges = async (paste, choices) => {
    const answer = await ask("paste/apply/", paste, choices);
    if (!answer || !(await paste.held.replace(answer.text))) return null;
    const { title } = form.elements;
    if (answer.title && !title.value.trim()) insertText(title, answer.title, 0, title.value.length);
    return answer;
  };

  const offerChanges = async (paste) => {
    const answer = await askChanges(paste);
    if (!answer || (!answer.asks && answer.text === paste.plain)) return;
    if (!answer.asks) {
      if (await paste.held.replace(answer.text)) status.textContent = answer.said;
      return;
    }
    const choices = await chooseChanges(paste, answer);
    if (!choices) return;
    const applied = await applyChanges(paste, choices);
    status.textContent = applied ? applied.said : "";
  };

  field.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v") isPlainKey = event.shiftKey;
  });
  const paste = (clipboard, isPlain) => {
    const plain = clipboard.getData("text/plain").replace(/\r\n?/g, "\n");
    if (picker.isOpen() && !plain.trim().includes("\n")) return false; // it is what the list is to look up
    if (surfaces.current.isReadOnly() || isPlain || !plain.trim() || plain.length > MAX_PASTE_CHARS) return false;
    let html = clipboard.getData("text/html").replace(/(\bsrc=["'])data:[^"'>]*/g, "$1");
    if (html.length > MAX_PASTE_CHARS) html = "";
    if (!html && !mayNeedChanges(plain)) return false;
    status.textContent = "";
    offerChanges({ plain, html, held: surfaces.current.hold(plain) });
    return true;
  };
  field.addEventListener("paste", (event) => {
    const isPlain = isPlainKey;
    isPlainKey = false;
    if (!event.defaultPrevented && paste(event.clipboardData, isPlain)) event.preventDefault();
  });
  return paste;
};
