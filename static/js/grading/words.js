/* Words of feedback that are kept as they are typed: <div data-keep-words="address" data-seen="version">. Where another
   window has typed other words, the page shows both, and somebody chooses; until then the words here stay in this
   browser. Without this script the form brings them when it is sent. */
import { createSaver } from "../lib/saver.js";
import { bodyOf, readAnswer } from "./autosaves.js";

const PATIENCE_MS = 20_000;
const SIGN_IN_RETRY_MS = 15_000;

const clock = {
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer),
  now: () => Date.now(),
};

export const startWords = (form, { queue, state }) => {
  const box = form.querySelector("[data-keep-words]");
  const field = form.elements.text;
  if (!box) return;
  const clash = box.querySelector("[data-words-clash]");
  let { seen } = box.dataset;
  let sent = "";

  const showClash = ({ words, seen: stored, said }) => {
    const [keep, use] = clash.querySelectorAll("button");
    clash.querySelector("[data-words-said]").textContent = said;
    clash.querySelector("pre").textContent = words;
    keep.onclick = () => {
      seen = stored;
      clash.hidden = true;
      field.value = words;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    };
    use.onclick = () => {
      seen = stored;
      clash.hidden = true;
      saver.save();
    };
    clash.hidden = false;
  };

  const interpret = (answer, { headers }) => {
    if (answer.status === 200 && answer.isOurs) {
      seen = answer.seen;
      form.elements.version.value = answer.version;
      state.showInQueue(answer.state);
      return { saved: true, said: answer.said };
    }
    if (answer.status === 409 && answer.isOurs) {
      showClash(answer);
      return { final: true, said: answer.said };
    }
    if (answer.status === 422 && answer.isOurs) return { final: true, said: answer.said };
    if ([401, 403].includes(answer.status)) return { retryAfterMs: SIGN_IN_RETRY_MS };
    return { retryAfterMs: 1000 * (Number(headers.get("Retry-After")) || 0) };
  };
  const post = async (text, leaving) => {
    const body = bodyOf(form, { text, seen });
    sent = text;
    const signal = leaving ? undefined : AbortSignal.timeout(PATIENCE_MS);
    try {
      const options = { method: "POST", body, signal, keepalive: leaving, redirect: "manual" };
      const response = await fetch(box.dataset.keepWords, options);
      return interpret(await readAnswer(response), response);
    } catch {
      return {};
    }
  };
  /* A page that is left does not wait for what is before it. */
  const send = async ({ text, leaving }) => {
    if (!clash.hidden) return { final: true };
    if (leaving) return post(text, true);
    let result = {};
    await queue.add(async () => {
      result = await post(text, false);
    });
    return result;
  };
  const show = (result, { isDirty }) => {
    box.toggleAttribute("data-not-kept", isDirty);
    if (result.saved && !isDirty) state.show(result.said, true);
    else if (!result.isSaving && !result.saved) state.show(result.said ?? state.failed, false);
  };
  const saver = createSaver({ read: () => field.value, send, show, clock });

  const onInput = ({ target }) => {
    if (!box.contains(target)) return;
    box.toggleAttribute("data-not-kept", saver.isDirty());
    if (saver.isDirty()) saver.scheduleSave();
  };
  form.addEventListener("input", onInput);
  form.addEventListener("change", onInput);
  form.addEventListener("formdata", ({ formData }) => {
    formData.set("seen-words", seen);
    formData.set("sent-words", sent);
  });
  form.addEventListener("submit", ({ defaultPrevented }) => {
    if (!defaultPrevented) saver.stop();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) saver.resume();
  });
  addEventListener("pagehide", () => {
    if (saver.isActive() && saver.isDirty()) saver.save(true);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && saver.isActive() && saver.isDirty()) saver.save();
  });
};
