/* Visual or Markdown: the switch, and what it shows. The text is the textarea's in
   both. The visual editor is loaded when it is first shown; where that fails, Markdown stays. Where it takes long,
   one writes Markdown meanwhile: the visual editor then opens over a text that nobody has changed, and is offered for
   any other. */

import { showModeParts } from "./mode-parts.js";
import { createAsk } from "./requests.js";

const OPENING_MS = 8000;

const LATE = Symbol("late");

/* The result of a promise, or LATE where it takes too long. */
const inTime = (promise) =>
  Promise.race([
    promise,
    new Promise((resolve) => {
      setTimeout(resolve, OPENING_MS, LATE);
    }),
  ]);

// A script that is out of reach, or that an older browser cannot read.
const loadModule = () => import("./visual/main.js").catch(() => null);

/* `opened` of the answer resolves when the visual editor, if it is about to open, shows the text or has failed. */
export const startModes = (form, field, surfaces, tools) => {
  const frame = field.closest(".frame");
  const choice = form.querySelector("[data-modes]");
  const mount = form.querySelector("[data-visual]");
  if (!choice || !mount) return null;
  const radios = [...choice.querySelectorAll("input")];
  const status = form.querySelector("[data-modes-told]");
  const offer = form.querySelector("[data-modes-ready]");
  let editor = null;
  let loading = null; // a promise of the editor, which is made once
  let opening = null; // a promise of the last opening
  let openings = 0; // by number, so that a late one is dropped

  const tell = (name) => {
    status.textContent = status.dataset[name] ?? "";
    offer.hidden = name !== "ready";
  };
  const forgetFailure = () => {
    if (offer.hidden) tell(""); // an offer stays until the text is shown
  };

  const show = (mode) => {
    const isVisual = mode === "visual";
    frame.dataset.mode = mode;
    mount.hidden = !isVisual;
    field.hidden = isVisual;
    showModeParts(form, mode);
    if (!isVisual) {
      for (const button of form.querySelectorAll("[role=toolbar] [data-edit]")) button.removeAttribute("aria-pressed");
      for (const part of form.querySelectorAll("[data-in-table]")) part.hidden = true;
    }
    for (const radio of radios) radio.checked = radio.value === mode;
    surfaces.use(isVisual ? editor : null);
  };

  const create = async () => {
    const module = await loadModule();
    const ask = createAsk(form, mount.dataset.pieces);
    editor = (await module?.createVisualEditor(form, field, mount, { ...tools, ask, reopen: openVisual })) ?? null;
    if (!editor) loading = null; // to be loaded by another try
    if (editor && field.ariaInvalid === "true") editor.surface.element.ariaInvalid = "true";
    return editor;
  };
  const load = () => {
    loading ??= create();
    return loading;
  };

  const openMarkdown = () => {
    openings += 1;
    editor?.close();
    show("markdown");
  };

  /* Report that the text could not be shown; whoever was in it goes on in Markdown. */
  const fail = () => {
    const wasInText = mount.contains(document.activeElement);
    openMarkdown();
    if (wasInText) field.focus();
    tell("failed");
  };

  /* Go on in Markdown until the editor is there, unless somebody chooses otherwise meanwhile. */
  const waitForEditor = async (textBefore) => {
    openMarkdown();
    tell("late");
    const own = openings;
    const isLoaded = await load().catch(() => null);
    if (own !== openings) return;
    if (!isLoaded) tell("failed");
    else if (field.value === textBefore) openVisual();
    else tell("ready");
  };

  /* Show the text of the textarea; resolves to whether it is shown. Markdown chosen meanwhile ends it. */
  const showVisual = async () => {
    openings += 1;
    const own = openings;
    const textBefore = field.value;
    frame.dataset.mode = "opening";
    showModeParts(form, "visual");
    for (const radio of radios) radio.checked = radio.value === "visual";
    let loaded = null;
    let isOpen = false;
    try {
      loaded = await inTime(load());
      if (loaded && loaded !== LATE && own === openings) isOpen = (await inTime(editor.open())) === true;
    } finally {
      if (own === openings && loaded === LATE) waitForEditor(textBefore);
      else if (own === openings && !isOpen) fail();
    }
    if (!isOpen || own !== openings) return false;
    // A page that asks for the focus in its text can be quicker here than the browser is with giving it.
    const isAwaited = own === 1 && field.autofocus && document.activeElement === document.body;
    const caret = isAwaited || document.activeElement === field ? field.selectionStart : null;
    tell("");
    show("visual");
    if (caret !== null)
      editor.focusAt(caret); // somebody has begun to write meanwhile
    else if (mount.contains(document.activeElement)) editor.surface.focus(); // with a caret in the new text
    return true;
  };
  const openVisual = () => {
    opening = showVisual();
    return opening;
  };

  const remember = (editorName) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("editor", editorName);
    fetch(choice.dataset.modes, { method: "POST", body, keepalive: true }).catch(() => {});
  };

  /* Where many pages have a box and few people write, the editor waits for the first who does, unless there are words
     to show. */
  const openAtFocus = () => {
    show("markdown");
    frame.dataset.mode = "waiting";
    for (const radio of radios) radio.checked = radio.value === "visual";
    if (document.activeElement === field) openVisual();
    else field.addEventListener("focus", openVisual, { once: true });
  };

  offer.addEventListener("click", async () => {
    const isOpen = await openVisual();
    if (isOpen) editor.surface.focus();
  });
  choice.addEventListener("change", async ({ target }) => {
    tell("");
    field.removeEventListener("focus", openVisual);
    if (target.value === "markdown") {
      openMarkdown();
      remember("markdown");
    } else if (await openVisual()) remember("visual");
  });
  // What could not open may open now.
  addEventListener("online", forgetFailure);
  form.addEventListener("saved", () => {
    if (form.hasAttribute("data-not-saved")) forgetFailure(); // the first that is saved after a failure
  });
  choice.hidden = false;
  if (mount.dataset.editor !== "visual") show("markdown");
  else if ("small" in mount.dataset && !field.value.trim()) openAtFocus();
  else openVisual();
  return { opened: () => opening };
};
