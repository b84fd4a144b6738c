/* Delivery of a form's text to the site, and the meaning of the responses to a page that stays open. */
const MAX_KEEPALIVE_BYTES = 60_000; // a request that outlives its page may carry 64 KiB
const FIELD_OVERHEAD_BYTES = 200;
const TIMEOUT_MS = 20_000;
const SIGN_IN_RETRY_MS = 15_000;

const sizeOf = (body) =>
  [...body].reduce(
    (sum, [name, value]) => sum + new TextEncoder().encode(name + value).length + FIELD_OVERHEAD_BYTES,
    0,
  );

/* Return whether the person of this form is still signed in: "same_person", or the reason why not. Another
   tab may have signed out, or in again: then the forms of this page need a new token, or belong to
   somebody who is not signed in here now. */
export const checkSession = async (form) => {
  const response = await fetch(form.elements.writer.dataset.token, { cache: "no-store" });
  if (response.status === 401) return "signed_out";
  if (!response.ok) return "unreachable";
  const { writer, token } = await response.json();
  if (String(writer) !== form.elements.writer.value) return "other_person";
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return "same_person";
};

/* Forms whose last save was refused and that were given a new token since. */
const withNewToken = new WeakSet();

const interpret = async (form, response) => {
  const body = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
  const hadNewToken = withNewToken.delete(form);
  if (body.state === "overtaken") return { overtakenBy: body.seq };
  if (response.ok || response.status === 409) return { saved: true, ...body };
  if (response.status === 401) {
    const reason = body.state === "lacks_notice" ? body.state : "signed_out";
    return { reason, retryAfterMs: SIGN_IN_RETRY_MS };
  }
  if (response.status === 403) {
    const session = await checkSession(form);
    if (session !== "same_person") return { reason: session, retryAfterMs: SIGN_IN_RETRY_MS };
    if (hadNewToken) return { reason: "gone", final: true };
    withNewToken.add(form);
    return { reason: "busy", retryAfterMs: 1000 };
  }
  if (response.status === 429) {
    return { reason: "busy", retryAfterMs: 1000 * (Number(response.headers.get("Retry-After")) || 10) };
  }
  if (response.status >= 500 || response.type === "opaqueredirect") return { reason: "unreachable" };
  return { reason: body.said ? "refused" : "gone", said: body.said, final: true };
};

/* Return the `send` of a saver (saver.js) for this form. */
export const createSender =
  (form) =>
  async ({ seq, version, leaving }) => {
    const body = new FormData(form);
    body.set("seq", seq);
    body.set("version", version);
    const options = { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } };
    const keepalive = leaving && sizeOf(body) < MAX_KEEPALIVE_BYTES;
    try {
      const signal = keepalive ? undefined : AbortSignal.timeout?.(TIMEOUT_MS);
      return await interpret(form, await fetch(form.dataset.autosave, { ...options, keepalive, signal }));
    } catch {
      return { reason: navigator.onLine ? "unreachable" : "offline" };
    }
  };
