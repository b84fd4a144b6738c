/* A link to the comment form (…#say) moves the focus into its text field, from another page and from this
   one: who follows “Write the first comment” can type at once. */
const focusComposer = () => {
  if (location.hash !== "#say") return;
  document.querySelector("#say :is(textarea, [contenteditable=true])")?.focus({ preventScroll: true });
};

export const startComposerFocus = () => {
  focusComposer();
  window.addEventListener("hashchange", focusComposer);
};
