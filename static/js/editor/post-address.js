/* A new post has an address of its own as soon as it has saved itself, which it does now if a page of it is needed. */
const STEP_MS = 250;
const MAX_STEPS = 40;

const sleep = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/* The page that combines two versions sends its form elsewhere, and names the editor of the post. */
const editorAddress = (form) => form.dataset.post ?? form.getAttribute("action");

/* Return the address of a page that saves nothing, so that a new post needs no address first. */
export const unsavedAddress = (form, page) => editorAddress(form).replace(/edit\/$/, "") + page;

/* The small editor names its preview, since its form is sent to other addresses. */
export const previewAddress = (form) =>
  form.querySelector("[data-preview]")?.dataset.preview ?? unsavedAddress(form, "preview/");

/* Return whether a post is stored, so that pages below its address can save. */
export const hasAddress = (form) => editorAddress(form).endsWith("/edit/");

/* Resolve to the address of another page of the post ("paste/changes/"), or to null if it gets none in ten seconds. */
export const postAddress = async (form, page) => {
  if (!hasAddress(form)) form.dispatchEvent(new Event("addressneeded"));
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if (hasAddress(form)) return unsavedAddress(form, page);
    await sleep(STEP_MS);
  }
  return null;
};
