/* How a form's words get to the site, and what its answers mean to a page that stays open. */
globalThis.delivery = (() => {
  const FITS = 60_000; // a request that outlives its page may carry 64 KiB
  const PATIENCE = 20_000;

  const size = (body) => [...body].reduce((sum, [name, value]) => sum + new TextEncoder().encode(name + value).length + 200, 0);

  /* Another tab may have signed out, or in again: then the forms of this page need a new token,
     or belong to somebody who is not signed in here now. */
  const whoIsThere = async (form) => {
    const answer = await fetch(form.elements.writer.dataset.token, { cache: "no-store" });
    if (answer.status === 401) return "signed_out";
    if (!answer.ok) return "unreachable";
    const { writer, token } = await answer.json();
    if (String(writer) !== form.elements.writer.value) return "other_person";
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return "here";
  };

  const refusedAnew = new WeakSet();

  const understood = async (form, answer) => {
    const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    const hasNewToken = refusedAnew.delete(form);
    if (answer.ok || answer.status === 409) return { kept: true, ...told };
    if (answer.status === 401) return { why: "signed_out", after: 15_000 };
    if (answer.status === 403) {
      const state = await whoIsThere(form);
      if (state !== "here") return { why: state, after: 15_000 };
      if (hasNewToken) return { why: "gone", final: true };
      refusedAnew.add(form);
      return { why: "busy", after: 1000 };
    }
    if (answer.status === 429) return { why: "busy", after: 1000 * (Number(answer.headers.get("Retry-After")) || 10) };
    if (answer.status >= 500 || answer.type === "opaqueredirect") return { why: "unreachable" };
    return { why: told.said ? "refused" : "gone", said: told.said, final: true };
  };

  const sender = (form) => async ({ seq, version, leaving }) => {
    const body = new FormData(form);
    body.set("seq", seq);
    body.set("version", version);
    const options = { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } };
    const outlives = leaving && size(body) < FITS;
    try {
      const signal = outlives ? undefined : AbortSignal.timeout?.(PATIENCE);
      return await understood(form, await fetch(form.dataset.autosave, { ...options, keepalive: outlives, signal }));
    } catch {
      return { why: navigator.onLine ? "unreachable" : "offline" };
    }
  };

  return { sender, whoIsThere };
})();
