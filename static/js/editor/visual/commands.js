/* Commands of the toolbar in the visual editor, by their `data-edit`, and which of them are pressed. */

import { freeLabel } from "../../lib/note-labels.js";
import { isInNote } from "./notes.js";

const isIn = (editor, name) => editor.isActive(name);
const touchesNote = ({ state: { selection } }) => isInNote(selection.$from) || isInNote(selection.$to);

const chain = (use) => (editor) => use(editor.chain()).run();
const setHeading = (level) => chain((commands) => commands.setHeading({ level }));

/* The style of the paragraph that the caret is in, as the list of the toolbar names it. */
const styleOf = (editor) => {
  const level = isIn(editor, "heading") ? editor.getAttributes("heading").level : 0;
  if (!level) return "paragraph";
  return level > 2 ? "subheading" : "heading";
};

const labelsIn = (doc) => {
  const labels = new Set();
  doc.descendants((node) => {
    if (["noteMark", "noteDefinition"].includes(node.type.name)) labels.add(node.attrs.label);
  });
  return labels;
};

/* A note: its mark at the caret, its text at the end, where the caret goes. */
const footnote = (editor, { pm }) => {
  const { state, view } = editor;
  const { noteMark, noteDefinition, paragraph } = state.schema.nodes;
  const { $to } = state.selection;
  if (!$to.parent.inlineContent || $to.parent.type.spec.code) return false;
  const label = freeLabel(labelsIn(state.doc));
  const transaction = state.tr.insert($to.pos, noteMark.create({ label }));
  const end = transaction.doc.content.size;
  transaction.insert(end, noteDefinition.create({ label }, paragraph.create()));
  transaction.setSelection(pm.state.TextSelection.create(transaction.doc, end + 2));
  view.dispatch(transaction);
  return true;
};

/* A paragraph behind a new table, as in word processors, where nothing is that one could write in. */
const makeRoomBehindTable = ({ tr, state }) => {
  const { $from } = tr.selection;
  const depth = [...Array($from.depth).keys()].find((one) => $from.node(one).type.name === "table");
  if (depth && !tr.doc.nodeAt($from.after(depth))?.isTextblock) {
    tr.insert($from.after(depth), state.schema.nodes.paragraph.create());
  }
  return true;
};

/* A table behind what is selected, which stays. */
const insertTable = (editor) =>
  editor
    .chain()
    .setTextSelection(editor.state.selection.to)
    .insertTable({ rows: 3, cols: 2, withHeaderRow: true })
    .command(makeRoomBehindTable)
    .run();

const COMMANDS = {
  footnote,
  paragraph: chain((commands) => commands.setParagraph()),
  heading: setHeading(2),
  subheading: setHeading(3),
  bold: chain((commands) => commands.toggleBold()),
  italic: chain((commands) => commands.toggleItalic()),
  strike: chain((commands) => commands.toggleStrike()),
  code: chain((commands) => commands.toggleCode()),
  codeBlock: chain((commands) => commands.toggleCodeBlock()),
  quote: chain((commands) => commands.toggleBlockquote()),
  bullets: chain((commands) => commands.toggleBulletList()),
  numbers: chain((commands) => commands.toggleOrderedList()),
  undo: chain((commands) => commands.undo()),
  redo: chain((commands) => commands.redo()),
  table: (editor) => !isIn(editor, "table") && insertTable(editor),
  rowAfter: chain((commands) => commands.addRowAfter()),
  columnAfter: chain((commands) => commands.addColumnAfter()),
  rowDelete: chain((commands) => commands.deleteRow()),
  columnDelete: chain((commands) => commands.deleteColumn()),
  tableDelete: chain((commands) => commands.deleteTable()),
};

const PRESSED = {
  bold: "bold",
  italic: "italic",
  strike: "strike",
  code: "code",
  codeBlock: "codeBlock",
  quote: "blockquote",
  bullets: "bulletList",
  numbers: "orderedList",
  link: "link",
};

/* Parts that a footnote cannot have, with the name of the sentence that says so. */
const NOT_IN_NOTES = { table: "noTable", footnote: "noFootnote" };

/* Do what a button says; `tell` says why not. The focus returns to the text at once: Tiptap's own `focus` waits for
   the next frame, and what is typed until then would go to the button. */
export const runCommand = (editor, lib, name, tell) => {
  if (name in NOT_IN_NOTES && touchesNote(editor)) tell(NOT_IN_NOTES[name]);
  else if (name in COMMANDS) {
    editor.view.focus();
    COMMANDS[name](editor, lib);
    editor.commands.scrollIntoView();
  }
};

/* A button that has nothing to do here keeps its place among the others, and says why when it is pressed. */
const setUnavailable = (button, isUnavailable) => {
  if (isUnavailable) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
};

/* Give all buttons back to the other editor. */
export const clearUnavailable = (bar) => {
  for (const button of bar.querySelectorAll("[data-edit][aria-disabled]")) setUnavailable(button, false);
};

/* Let the toolbar say what the caret is in. */
export const showPressed = (editor, bar) => {
  for (const button of bar.querySelectorAll("[data-edit]")) {
    const name = PRESSED[button.dataset.edit];
    if (name) button.setAttribute("aria-pressed", isIn(editor, name));
    if (button.dataset.edit in NOT_IN_NOTES) setUnavailable(button, touchesNote(editor));
  }
  const style = bar.querySelector("[data-style]");
  if (style) style.value = styleOf(editor);
  for (const part of bar.querySelectorAll("[data-in-table]")) part.hidden = !isIn(editor, "table");
};
