/* A link to the comment form (…#say) moves the focus into its text field, from another page and from this
   one: who follows “Write the first comment” can type at once. The browser looks up the fragment itself when
   the page has loaded, and takes the focus away then; so this comes after it. */
import { focusText } from "../lib/text-field.js";

const focusComposer = () => {
  const form = document.querySelector("#say form");
  if (location.hash === "#say" && form) setTimeout(() => focusText(form));
};

/* Who follows the link a second time leaves the address as it is, and the browser tells nobody. */
const followLink = ({ target }) => {
  const link = target.closest("a[href$='#say']");
  if (link && link.pathname === location.pathname) focusComposer();
};

export const startComposerFocus = () => {
  document.addEventListener("click", followLink);
  window.addEventListener("load", focusComposer);
  window.addEventListener("hashchange", focusComposer);
};
