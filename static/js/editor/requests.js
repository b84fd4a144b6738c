/* Questions of the visual editor to the pages of the site that save nothing. */
import { unsavedAddress } from "./post-address.js";

const TIMEOUT_MS = 8000;

/* Returns a function that sends fields to a page and resolves to its answer, or to null. A comment has no address
   yet that its pages could be below: `pieces` is where its text is read. */
export const createAsk = (form, pieces) => async (page, fields) => {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(pieces ? page.replace("visual/", pieces) : unsavedAddress(form, page), {
      method: "POST",
      body,
      signal,
    });
    return response.ok && !response.redirected ? await response.json() : null;
  } catch {
    return null;
  }
};
