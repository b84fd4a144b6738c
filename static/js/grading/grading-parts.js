/* The typed parts of a grade beside its levels, saved as they are typed: the form says where to,
   <form data-typed="address">, and each part which fields it has, <div data-keep="note" data-fields="private_note"
   data-seen="version">. Where another window has typed something else, the page shows both, and somebody chooses; until
   then what is here stays in this browser. Without this script the form brings it when it is sent. */
import { createSaver } from "../lib/saver.js";
import { bodyOf, readAnswer } from "./autosaves.js";

const PATIENCE_MS = 20_000;
const SIGN_IN_RETRY_MS = 15_000;

const clock = {
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer),
  now: () => Date.now(),
};

const startPart = (form, box, { queue, state }) => {
  const names = box.dataset.fields.split(",");
  const clash = box.querySelector("[data-typed-clash]");
  let { seen } = box.dataset;
  let sent = "";

  const read = () => JSON.stringify(Object.fromEntries(names.map((name) => [name, form.elements[name]?.value ?? ""])));
  /* The fields of a list of radios are several, and none of them is the one that changed. */
  const write = (fields) => {
    for (const [name, value] of Object.entries(fields)) {
      const field = form.elements[name];
      field.value = value;
      (field instanceof RadioNodeList ? form : field).dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  const showClash = ({ words, fields, seen: stored, said }) => {
    const [keep, use] = clash.querySelectorAll("button");
    clash.querySelector("[data-typed-said]").textContent = said;
    clash.querySelector("pre").textContent = words;
    keep.onclick = () => {
      seen = stored;
      clash.hidden = true;
      write(fields);
      saver.scheduleSave();
    };
    use.onclick = () => {
      seen = stored;
      clash.hidden = true;
      saver.save();
    };
    clash.hidden = false;
    if (box.matches("details")) box.open = true;
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
    const body = bodyOf(form, { part: box.dataset.keep, seen, ...JSON.parse(text) });
    sent = text;
    const signal = leaving ? undefined : AbortSignal.timeout(PATIENCE_MS);
    try {
      const options = { method: "POST", body, signal, keepalive: leaving, redirect: "manual" };
      const response = await fetch(form.dataset.typed, options);
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
  const saver = createSaver({ read, send, show, clock });

  const isOwn = (target) => box.contains(target) || (target.form === form && names.includes(target.name));
  const onInput = ({ target }) => {
    if (!isOwn(target)) return;
    box.toggleAttribute("data-not-kept", saver.isDirty());
    if (saver.isDirty()) saver.scheduleSave();
  };
  // Without a post the state is chosen beside the form.
  document.addEventListener("input", onInput);
  document.addEventListener("change", onInput);
  form.addEventListener("formdata", ({ formData }) => {
    formData.set(`seen-${box.dataset.keep}`, seen);
    formData.set(`sent-${box.dataset.keep}`, sent);
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

export const startTyped = (form, autosaves) => {
  if (!form.dataset.typed) return;
  for (const box of form.querySelectorAll("[data-keep]")) startPart(form, box, autosaves);
};
