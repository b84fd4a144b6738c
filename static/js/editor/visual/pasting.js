/* Pasting and dropping into the visual editor. The module would parse the clipboard in this page, where the
   content policy drops every style: a page of Google Docs would be bold from end to end. So what others
   copied goes to the site, as from the textarea (../paste.js); own copies are the module's. */
import { addressOf } from "./link-dialog.js";

const ADDRESS_ONLY = /^(?:https?:\/\/|www\.)\S+$/i;
const isOwn = (html) => html.includes("data-pm-slice");

export const createPasteHandlers = (editor, lib, { paste, pictures }, keys) => {
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

  const receive = (event, transfer, isPlain) => {
    const html = transfer.getData("text/html");
    const plain = transfer.getData("text/plain").replace(/\r\n?/g, "\n");
    if (!isPlain && isOwn(html)) return false;
    event.preventDefault();
    if (!editor.isEditable) return true;
    if (view.state.selection.$from.parent.type.spec.code) {
      view.dispatch(view.state.tr.insertText(plain));
    } else if (!linkSelection(plain.trim()) && !paste(transfer, isPlain) && plain) {
      view.pasteText(plain);
    }
    return true;
  };

  return {
    paste(_view, event) {
      const isPlain = keys.takePlainPaste();
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
      if (view.dragging || !event.dataTransfer.getData("text/html")) return false;
      const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
      if (place) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(place.pos))));
      return receive(event, event.dataTransfer, false);
    },
  };
};
