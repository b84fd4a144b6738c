/* The visual editor: a page one writes on, over the textarea that stays the field of the form. What is written
   here is in the textarea at once, so that saving, copies, conflicts and the preview know nothing of it. */
import { mapInSlices } from "../../lib/slices.js";
import { openCitationPlugin } from "./citation-target.js";
import { createCitations } from "./citations.js";
import { clearUnavailable, showPressed } from "./commands.js";
import { writeCopied } from "./copying.js";
import { decorationsPlugin } from "./decorations.js";
import { writeDocument } from "./document.js";
import { fittingPlugin } from "./fit-content.js";
import { createKeys } from "./keys.js";
import { createLinkDialog } from "./link-dialog.js";
import { tidyPlugin } from "./normalise.js";
import { startNoteOffer } from "./note-offer.js";
import { createNoteWays } from "./notes.js";
import { createTeller } from "./notices.js";
import { documentOf, openText } from "./opening.js";
import { createPasteHandlers } from "./pasting.js";
import { createPictureFiles } from "./pictures.js";
import { createExtensions } from "./schema.js";
import { createVisualSurface } from "./surface.js";
import { typedCitationsPlugin } from "./typed-citations.js";

const REFRESH_MS = 300;
// What the writer stands on and older browsers lack: they keep Markdown.
const NEEDED = [Array.prototype.findLast, Array.prototype.findLastIndex, AbortSignal.timeout];

const attributesOf = (mount, field, isSmall) => ({
  class: isSmall ? "page-text prose prose-s" : "page-text prose",
  role: "textbox",
  "aria-multiline": "true",
  "aria-label": mount.dataset.label,
  "aria-describedby": mount.dataset.describedby ?? field.getAttribute("aria-describedby") ?? "",
  spellcheck: "true",
  tabindex: "0",
});

/* Resolves to null where the browser is too old or the module does not load. `tools.reopen` shows the text of
   the textarea again, or Markdown where that fails. */
export const createVisualEditor = async (form, field, mount, tools) => {
  const lib = NEEDED.every(Boolean) && (await import(mount.dataset.visual).catch(() => null));
  if (!lib) return null;
  const isSmall = "small" in mount.dataset;
  const words = form.querySelector("[data-cite-box]")?.dataset ?? {};
  const citations = createCitations({ ...mount.dataset, ...words }, () => refresh());
  const pictures = createPictureFiles();
  const ask = async (page, fields) => {
    const answer = await tools.ask(page, fields);
    await mapInSlices(answer?.pieces ?? [], ({ html }) => {
      const { body } = new DOMParser().parseFromString(html, "text/html");
      for (const shown of [citations, pictures]) shown.learn(body);
    });
    return answer;
  };
  const dialog = createLinkDialog(document.querySelector("[data-link-box]"));
  const bar = form.querySelector("[role=toolbar]");
  let originals = null;
  let lastText = ""; // which the document says
  let isMirroring = false;
  let isOpen = false;
  let openings = 0; // and closings, so that what was asked of one text is not done to another
  let refreshTimer = null;

  const refresh = () => {
    clearTimeout(refreshTimer);
    refreshTimer = setTimeout(async () => {
      const answer = await ask("visual/", { text: field.value });
      if (answer) citations.refresh();
    }, REFRESH_MS);
  };

  const editor = new lib.Editor({
    element: mount,
    injectCSS: false,
    extensions: createExtensions(lib, mount.dataset, { citations, pictures }, { isSmall }),
    editable: !field.readOnly,
    enablePasteRules: false,
    editorProps: {
      attributes: () => ({ ...attributesOf(mount, field, isSmall), "aria-readonly": String(field.readOnly) }),
      clipboardTextSerializer: ({ content }) => writeCopied(content.content),
    },
  });
  const openLink = () => editor.isEditable && dialog.open(editor);
  const learn = (node, source) => originals.learn(node, source);
  const tell = createTeller(editor, form.querySelector("[data-told-in-text]"));
  const opening = () => openings;
  const surface = createVisualSurface(editor, lib, {
    ask,
    citations,
    learn,
    mirror: () => mirror(),
    tell,
    openLink,
    opening,
    keepsLines: isSmall,
  });
  const notes = createNoteWays(editor, lib);
  const keys = createKeys(editor, {
    surface,
    notes,
    picker: tools.picker,
    card: tools.card,
    openLink,
    isSmall,
  });
  const startTypedCitations = () => {
    editor.registerPlugin(openCitationPlugin(lib));
    const panel = form.querySelector("[data-fresh=consistency]");
    if (!panel) return;
    const typed = typedCitationsPlugin(lib, panel, words.link, async (place) => {
      if (!(await surface.linkRanges([place]))) tell("notLinked");
    });
    editor.registerPlugin(typed, (own, all) => [own, ...all]); // Enter in a typed citation begins no paragraph
  };
  const pasting = createPasteHandlers(editor, lib, { ...tools, refresh, writer: form.elements.writer.value });
  editor.registerPlugin(decorationsPlugin(lib, mount.dataset));
  if (!isSmall) {
    startTypedCitations();
    editor.registerPlugin(fittingPlugin(lib, tell));
  }
  editor.registerPlugin(tidyPlugin(lib));
  const handleClickOn = (_view, _place, node, place) => {
    if (node.type.name === "noteMark") return notes.enter(place);
    const target = node.type.name === "citation" ? surface.citationTarget(place) : null;
    if (target) tools.card.open(target);
    return target !== null;
  };
  const props = { handleClickOn, handleDOMEvents: { ...keys.events, ...pasting } };
  editor.registerPlugin(new lib.Plugin({ props }), (own, all) => [own, ...all]);
  tools.picker.attach(editor.view.dom);

  /* Should the writer ever fail, the words are kept, though not their marks. */
  const writeText = () => {
    try {
      return writeDocument(editor.state.doc.content.content, originals);
    } catch (error) {
      console.warn(error);
      return editor.getText({ blockSeparator: "\n\n" });
    }
  };
  const mirror = () => {
    isMirroring = true;
    field.value = writeText();
    lastText = field.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    isMirroring = false;
  };
  editor.on("update", ({ transaction }) => {
    if (!transaction.docChanged || !isOpen) return;
    mirror();
    if (!editor.view.composing) tools.picker.update(keys.reader);
  });
  editor.on("transaction", () => showPressed(editor, bar));
  editor.on("blur", () => {
    tools.picker.close();
    field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  });

  const forgetNotes = startNoteOffer(editor, form.querySelector("[data-note-offer]"));

  /* Show the text of the textarea; resolves to whether the site has read it, and nobody has closed the editor
     meanwhile. Undo ends here. */
  const open = async () => {
    openings += 1;
    const own = openings;
    for (;;) {
      const text = field.value;
      const opened = await openText(text, editor.schema, lib, ask);
      if (!opened || own !== openings) return false;
      if (text !== field.value) continue;
      originals = opened;
      lastText = text;
      const { EditorState } = lib.pm.state;
      const doc = documentOf(originals, editor.schema);
      editor.view.updateState(EditorState.create({ doc, plugins: editor.state.plugins }));
      editor.setEditable(!field.readOnly, false);
      isOpen = true;
      forgetNotes();
      return true;
    }
  };

  const focusStart = () => {
    const { doc, tr } = editor.state;
    editor.view.dispatch(tr.setSelection(lib.pm.state.TextSelection.atStart(doc)));
    editor.view.focus();
  };

  /* Put the caret where it is in the Markdown: exact in a block of mere words, near it in others. */
  const focusAt = (offset) => {
    const { doc, tr } = editor.state;
    let left = offset - originals.lead.length;
    let start = 0;
    let caret = doc.content.size;
    for (const { node, source, gap } of originals.pieces) {
      if (left <= source.length + gap.length) {
        caret =
          start + 1 + (left >= source.length ? node.content.size : Math.min(Math.max(left, 0), node.content.size));
        break;
      }
      left -= source.length + gap.length;
      start += node.nodeSize;
    }
    editor.view.dispatch(tr.setSelection(lib.pm.state.TextSelection.near(doc.resolve(caret), -1)));
    editor.view.focus();
  };

  const close = () => {
    openings += 1;
    isOpen = false;
    clearUnavailable(bar);
  };

  /* Others put texts into the textarea too: a restored copy, the version of another tab. What is shown then is
     old, and never goes over the new text. */
  const reopen = () => {
    if (isMirroring || !isOpen) return;
    close();
    editor.setEditable(false, false);
    tools.reopen();
  };
  field.addEventListener("input", reopen);
  form.addEventListener("change", () => {
    if (field.value !== lastText) reopen();
  });

  return { open, focusAt, focusStart, surface, close };
};
