/* Pasting and dropping into the visual editor. The module would parse the clipboard in this page, where the
   content policy drops every style: a page of Google Docs would be bold from end to end. And a page could say in its
   attributes what nobody sees. So what is pasted goes to the site, as from the textarea (../paste.js), whatever it
   looks like; own copies are the module's, and are remembered, never read from the clipboard. */
import { copiedAs, rememberCopied } from "../../lib/clipboard.js";
import { withPlainLineEnds } from "../../lib/line-ends.js";
import { isPlainPaste } from "../../lib/plain-paste.js";
import { withoutLostMarks } from "./copied-notes.js";
import { addressOf } from "./link-dialog.js";

const ADDRESS_ONLY = /^(?:https?:\/\/|www\.)\S+$/i;

/* `refresh` lets the site say what the citations of the text show. */
export const createPasteHandlers = (editor, lib, { paste, pictures, refresh, writer }) => {
  const { view } = editor;
  const { TextSelection } = lib.pm.state;

  /* A link that is pasted over words is their link. */
  const linkSelection = (plain) => {
    const { selection } = view.state;
    const isWords = selection instanceof TextSelection && !selection.empty && selection.$from.sameParent(selection.$to);
    if (!isWords || !ADDRESS_ONLY.test(plain) || !addressOf(plain)) return false;
    return editor
      .chain()
      .setMark("link", { href: addressOf(plain), title: null })
      .run();
  };

  const pasteCopied = ({ html, isFromHere }) => {
    view.pasteHTML(withoutLostMarks(html, isFromHere ? view.state.doc : null));
    if (html.includes("data-cite")) refresh();
  };

  /* After the module, which has put the HTML there. */
  const remember = (event) => {
    const transfer = event.clipboardData ?? event.dataTransfer;
    const html = transfer?.getData("text/html");
    if (html) transfer.setData("text/html", rememberCopied(writer, html, transfer.getData("text/plain")));
  };
  for (const kind of ["copy", "cut", "dragstart"]) view.dom.addEventListener(kind, remember);

  const receive = (event, transfer, isPlain) => {
    const html = transfer.getData("text/html");
    const plain = withPlainLineEnds(transfer.getData("text/plain"));
    const copied = isPlain ? null : copiedAs(writer, html, plain);
    event.preventDefault();
    if (!editor.isEditable) return true;
    if (view.state.selection.$from.parent.type.spec.code) {
      view.dispatch(view.state.tr.insertText(plain));
    } else if (copied) {
      pasteCopied(copied);
    } else if (!linkSelection(plain.trim()) && !paste(transfer, isPlain) && plain) {
      view.pasteText(plain);
    }
    return true;
  };

  return {
    paste(_view, event) {
      const isPlain = isPlainPaste();
      pictures.paste(event);
      return event.defaultPrevented || receive(event, event.clipboardData, isPlain);
    },
    dragover(_view, event) {
      if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
      return false;
    },
    drop(_view, event) {
      pictures.drop(event);
      if (event.defaultPrevented) return true;
      const hasWords = ["text/html", "text/plain"].some((kind) => event.dataTransfer.getData(kind));
      if (view.dragging || !hasWords) return false;
      const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
      if (place) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(place.pos))));
      return receive(event, event.dataTransfer, false);
    },
  };
};
