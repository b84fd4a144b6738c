/* Visual or Markdown: the switch at the end of the toolbar, and what it shows. The text is the textarea's in
   both. The visual editor is loaded when it is first shown; where that fails, Markdown stays. */
import { createAsk } from "./ask.js";

const OPENING_MS = 8000;

const timeout = () =>
  new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error("the visual editor took too long")), OPENING_MS);
  });

export const startModes = (form, field, surfaces, tools) => {
  const frame = field.closest(".frame");
  const choice = form.querySelector("[data-modes]");
  const mount = form.querySelector("[data-visual]");
  if (!choice || !mount) return;
  const radios = [...choice.querySelectorAll("input")];
  const status = form.querySelector("[data-modes-told]");
  let editor = null;

  const show = (mode) => {
    const isVisual = mode === "visual";
    frame.dataset.mode = mode;
    mount.hidden = !isVisual;
    field.hidden = isVisual;
    for (const part of form.querySelectorAll("[data-in-mode]")) part.hidden = part.dataset.inMode !== mode;
    if (!isVisual) {
      for (const button of form.querySelectorAll("[role=toolbar] [data-edit]")) button.removeAttribute("aria-pressed");
      for (const part of form.querySelectorAll("[data-in-table]")) part.hidden = true;
    }
    for (const radio of radios) radio.checked = radio.value === mode;
    surfaces.use(isVisual ? editor.surface : null);
  };

  const openVisual = async () => {
    frame.dataset.mode = "opening";
    for (const radio of radios) radio.checked = radio.value === "visual";
    try {
      editor ??= await Promise.race([
        import("./visual/main.js").then(({ createVisualEditor }) =>
          createVisualEditor(form, field, mount, { ...tools, ask: createAsk(form, mount.dataset.pieces) }),
        ),
        timeout(),
      ]);
      if (!(await Promise.race([editor.open(), timeout()]))) throw new Error("the site did not read the text");
      const caret = document.activeElement === field ? field.selectionStart : null;
      show("visual");
      if (caret !== null) editor.focusAt(caret); // somebody has begun to write meanwhile
      return true;
    } catch {
      show("markdown");
      status.textContent = status.dataset.failed;
      return false;
    }
  };

  const remember = (editorName) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("editor", editorName);
    fetch(choice.dataset.modes, { method: "POST", body, keepalive: true }).catch(() => {});
  };

  /* Where many pages have a box and few people write, the editor waits for the first who does. */
  const openAtFocus = () => {
    show("markdown");
    for (const radio of radios) radio.checked = radio.value === "visual";
    if (document.activeElement === field) openVisual();
    else field.addEventListener("focus", openVisual, { once: true });
  };

  choice.addEventListener("change", async ({ target }) => {
    status.textContent = "";
    field.removeEventListener("focus", openVisual);
    if (target.value === "markdown") {
      editor?.close();
      show("markdown");
      remember("markdown");
    } else if (await openVisual()) remember("visual");
  });
  if (mount.dataset.editor !== "visual") show("markdown");
  else if ("small" in mount.dataset) openAtFocus();
  else openVisual();
};
