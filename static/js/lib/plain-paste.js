/* Ctrl+Shift+V pastes words as they are. A paste does not say by which keys it came, so the last keys are kept. */
let isPlain = false;

addEventListener(
  "keydown",
  ({ key, shiftKey, ctrlKey, metaKey }) => {
    isPlain = shiftKey && (ctrlKey || metaKey) && key.toLowerCase() === "v";
  },
  true,
);
// A text sees the paste before the window does, and the next one may come from a menu.
addEventListener("paste", () => {
  isPlain = false;
});

/* Return whether the paste that is going on was asked for by Ctrl+Shift+V. */
export const isPlainPaste = () => isPlain;
