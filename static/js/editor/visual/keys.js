/* Keys of the visual editor that are not the module's own: the list of references, the link, and ways out.

   Tab leaves the text but where it means something: it nests items of a list and walks the cells of a table. After
   the last it adds a row, as in word processors; behind a row that is empty it leaves, so that nobody who only
   passes by is held. After Escape it leaves from everywhere. */
const isMarked = ($from, name) => $from.marks().some((mark) => mark.type.name === name);

export const createKeys = (editor, { surface, notes, picker, card, openLink, isSmall }) => {
  const { view } = editor;
  let isLeaving = false;

  const caret = () => view.state.selection.$from;
  const reader = {
    element: view.dom,
    before() {
      const $from = caret();
      const isCode = $from.parent.type.spec.code || isMarked($from, "code");
      if (!view.state.selection.empty || isCode || view.composing) return null;
      return $from.parent.textBetween(0, $from.parentOffset, "\n", "\ufffc");
    },
    bottomOf(typed) {
      const { bottom } = view.coordsAtPos(view.state.selection.from - typed.length);
      return bottom - view.dom.closest(".frame").getBoundingClientRect().top;
    },
    replace(typed, words) {
      const { from } = view.state.selection;
      view.dispatch(view.state.tr.insertText(words, from - typed.length, from));
    },
    hold(typed) {
      const { from } = view.state.selection;
      const held = surface.holdRange(from - typed.length, from);
      return {
        release: held.release,
        cite({ key, label }, isInSentence) {
          if (!held.isIntact()) return false;
          surface.insertCitation(isInSentence ? `@${key}` : `[@${key}]`, { label: label ?? key, ...held.range });
          return true;
        },
      };
    },
  };

  const isAtEndOfEmptyRow = () => {
    const $from = caret();
    for (let depth = $from.depth; depth > 0; depth -= 1) {
      if ($from.node(depth).type.name !== "table") continue;
      const row = $from.node(depth + 1);
      const isLast = $from.indexAfter(depth) === $from.node(depth).childCount;
      const isLastCell = $from.index(depth + 1) === row.childCount - 1;
      return isLast && isLastCell && row.content.content.every((cell) => cell.firstChild.content.size === 0);
    }
    return false;
  };

  /* Escape leads out of a footnote, Enter from its mark into it, and Ctrl+End, which is ⌘↓ on a Mac, to the end of the
     text before the footnotes. */
  const goByNotes = ({ key, shiftKey, altKey, metaKey }, isModified) => {
    if (altKey) return false;
    if (isModified) return (key === "End" || (metaKey && key === "ArrowDown")) && notes.toEnd(shiftKey);
    if (key === "Escape") return notes.leave();
    if (key === "Backspace") return notes.removeEmpty();
    if (key === "ArrowDown") return !shiftKey && notes.below();
    return key === "Enter" && "node" in view.state.selection && notes.enter();
  };

  const keydown = (_view, event) => {
    const isModified = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    if (picker.take(event)) {
      event.preventDefault();
      return true;
    }
    if (isModified && !event.altKey && !event.shiftKey && letter === "k") {
      event.preventDefault();
      openLink();
      return true;
    }
    if (isModified && event.key === "Enter" && isSmall) return true; // the form sends
    if (!isSmall && !event.isComposing && goByNotes(event, isModified)) {
      event.preventDefault();
      isLeaving = false; // Tab goes on in the cell or the item that has the mark
      return true;
    }
    const isPlainEnter = event.key === "Enter" && !isModified && !event.altKey;
    const target = isPlainEnter && !isSmall ? surface.citationTarget() : null;
    if (target) {
      event.preventDefault();
      card.open(target);
      return true;
    }
    if (event.key === "Tab" && !isModified && !event.altKey) {
      const leaves = isLeaving || (!event.shiftKey && isAtEndOfEmptyRow());
      isLeaving = false;
      return leaves; // to the browser, which leads to the next field
    }
    if (!["Shift", "Control", "Alt", "Meta"].includes(event.key)) isLeaving = event.key === "Escape";
    return event.key === "Escape"; // which the module would take from the page
  };

  return {
    reader,
    events: {
      keydown,
      mousedown: () => {
        picker.close();
        return false;
      },
    },
  };
};
