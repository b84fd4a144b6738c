/* Forms that save themselves: <form data-autosave="address" data-place="post 12">.

   What is typed goes to the site shortly after, and until it is there a copy stays in this browser.
   Without this script the same forms are sent by their buttons. */

import { checkSession, createSender } from "./delivery.js";
import {
  applyFields,
  checkedWords,
  checkMore,
  draftFields,
  fitFields,
  isDraftField,
  recordSaved,
  servedFields,
} from "./draft-fields.js";
import { copyKey, deleteCopy, getCopy, saveCopy } from "./local-copies.js";
import { offerCopies } from "./recovery.js";
import { copyOf, rememberLeft, takeLeft } from "./saved-on-leaving.js";
import { createSaver } from "./saver.js";
import { watchSession } from "./signed-out.js";
import { focusText } from "./text-field.js";

const COPY_DELAY_MS = 200;
const SUBMIT_WAIT_MS = 3000;
const SUBMITTED_KEY = "words sent";

const attached = new Map();

const clock = {
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer),
  now: () => Date.now(),
};

/* The state in words, which the template brings. Routine is only shown; what fails, and that it
   works again, is also said. A form with a strip for failures says there why, and what leads out. */
const createStatus = (form) => {
  const place = form.querySelector("[data-state]");
  const strip = form.querySelector("[data-failure]");
  const liveRegion = form.querySelector("[data-told]");
  let hasFailed = false;
  const show = (message, isFailure, brief = "") => {
    form.querySelector("[data-first-state]")?.remove();
    place.hidden = false;
    place.querySelector("[data-words]").textContent = isFailure && strip ? place.dataset.failed : message;
    const shortened = place.querySelector("[data-brief]");
    if (shortened) shortened.textContent = brief === message ? "" : brief;
    place.querySelector("[data-ok]").hidden = isFailure !== false;
    place.querySelector("[data-not]").hidden = isFailure !== true;
    form.querySelector("[data-sign-in]").hidden = true;
    form.querySelector("[data-read-notice]").hidden = true;
    form.toggleAttribute("data-not-saved", isFailure === true);
    if (strip) {
      strip.hidden = !isFailure;
      strip.querySelector("[data-failure-words]").textContent = isFailure ? message : "";
    }
    if (isFailure === undefined || isFailure === hasFailed) return;
    hasFailed = isFailure;
    liveRegion.textContent = message;
  };
  return {
    showRoutine(name) {
      if (!hasFailed) show(place.dataset[name]);
    },
    showSaved({ said, brief }) {
      show(said, false, brief);
    },
    showFailure(result, isCopied) {
      const reason = place.dataset[result.reason].replace("%s", result.said);
      show((isCopied ? place.dataset.kept : place.dataset.open).replace("%s", reason), true);
      form.querySelector("[data-sign-in]").hidden = result.reason !== "signed_out";
      form.querySelector("[data-read-notice]").hidden = result.reason !== "lacks_notice";
    },
  };
};

/* As crypto.randomUUID, which only pages sent by TLS have. */
const randomUuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

/* `copies` are those that the last page of this tab left. */
export const attach = (form, copies = []) => {
  if (attached.has(form)) return;
  const { tab } = form.elements;
  const served = JSON.stringify(servedFields(form));
  const left = copyOf(form, copies, served);
  if (left) tab.value = left.tab;
  const writer = form.elements.writer.value;
  const status = createStatus(form);
  const { parentElement } = form;
  let isCopied = true;
  let copyTimer = null;

  const read = () => JSON.stringify(draftFields(form));
  const ownKey = () => copyKey(writer, form.dataset.place, tab.value);
  const copy = async () => {
    copyTimer = null;
    isCopied = await saveCopy(ownKey(), draftFields(form), "", saver.base());
  };

  /* A new post has an address from its first save on; so has a text that is beside another. */
  const moveTo = ({ place, save, address }) => {
    if (place && place !== form.dataset.place) {
      deleteCopy(ownKey());
      form.dataset.place = place;
    }
    if (!save || form.dataset.autosave === save) return;
    form.dataset.autosave = save;
    form.setAttribute("action", address);
    history.replaceState(null, "", address);
  };
  const showConflict = (html) => {
    const place = form.querySelector("[data-conflict]") ?? parentElement.querySelector("[data-conflict]");
    if (!html || place.dataset.shown === html) return;
    place.dataset.shown = html;
    place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  };
  const show = (result, { isDirty, savedText }) => {
    if (result.isSaving) return status.showRoutine("saving");
    if (!result.saved) return status.showFailure(result, isCopied);
    moveTo(result);
    showConflict(result.conflict);
    form.elements.version.value = saver.version;
    recordSaved(form, JSON.parse(savedText));
    if (result.checked) checkMore(form, result.checked);
    if (isDirty) copy();
    else {
      clearTimeout(copyTimer);
      copyTimer = null;
      deleteCopy(ownKey());
    }
    form.dispatchEvent(new Event("saved"));
    return status.showSaved(result);
  };

  /* Another tab has a copy of its own, too. */
  const renewTab = () => {
    deleteCopy(ownKey());
    tab.value = randomUuid();
    if (saver.isDirty()) copy();
  };

  const saver = createSaver({
    read,
    renewTab,
    send: createSender(form),
    show,
    clock,
    savedText: "unsaved" in form.dataset ? "" : served,
    version: form.elements.version.value,
    seq: left ? left.base.seq : Number(form.elements.seq.dataset.seq),
  });

  const onInput = (event) => {
    if (event && !isDraftField(event.target.name)) return;
    if (!saver.isDirty()) return;
    copyTimer ??= setTimeout(copy, COPY_DELAY_MS);
    saver.scheduleSave();
    status.showRoutine("typing");
  };
  const leave = () => {
    if (!saver.isDirty()) return;
    clearTimeout(copyTimer);
    copy();
    saver.save(true);
  };
  const retry = async () => {
    if (!saver.isDirty() || saver.pending()) return;
    try {
      if ((await checkSession(form)) === "same_person") saver.save();
    } catch {
      /* still out of reach: the saver tries again by itself */
    }
  };

  form.addEventListener("input", onInput);
  form.addEventListener("change", onInput);
  form.addEventListener("addressneeded", () => saver.save(false, true));
  form.addEventListener("focusout", (event) => {
    if (isDraftField(event.target.name) && saver.isDirty()) saver.save();
  });
  watchSession(writer, {
    onSignedOut: () => {
      isCopied = false;
      if (saver.isDirty()) status.showFailure({ reason: "signed_out" }, isCopied);
    },
    onSignedIn: () => {
      if (saver.isDirty()) copy();
      retry();
    },
  });
  attached.set(form, { saver, leave, retry, ownKey, isCopied: () => isCopied });
  if (left) {
    applyFields(form, fitFields(form, left.fields));
    form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  offerCopies(form, {
    read,
    writer,
    ownKey,
    places: [form.dataset.place, form.dataset.placeBefore ?? "-"],
    fit: (fields) => fitFields(form, fields),
    describe: (fields) => [fields.title, fields.text, ...checkedWords(form, fields)].filter(Boolean).join("\n\n"),
    apply: (fields) => {
      applyFields(form, fields);
      form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
      focusText(form);
      onInput();
    },
  });
  if (saver.isDirty()) onInput();
};

export const detach = (form) => {
  attached.get(form)?.saver.save();
  attached.delete(form);
};

/* A form that is sent carries its text itself. A save in flight comes first, else the site could
   take it for a second text; but nobody waits longer than three seconds for it. */
const waiting = new Set();
const onSubmit = (event) => {
  const form = event.target;
  const entry = attached.get(form);
  if (!entry || event.defaultPrevented) return;
  const { saver, ownKey } = entry;
  const pending = saver.pending();
  if (pending && saver.isActive()) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting.has(form)) return;
    waiting.add(form);
    const timeout = new Promise((resolve) => {
      setTimeout(resolve, SUBMIT_WAIT_MS);
    });
    Promise.race([pending.catch(() => {}), timeout]).then(() => {
      saver.stop();
      form.requestSubmit(event.submitter);
    });
    return;
  }
  waiting.delete(form);
  saver.stop();
  form.elements.seq.value = saver.nextSeq();
  try {
    sessionStorage.setItem(SUBMITTED_KEY, ownKey());
  } catch {
    /* private windows may refuse */
  }
};

/* What was sent has arrived if the next page says so, or shows the very text. */
const deleteSubmittedCopy = async () => {
  let key = null;
  try {
    key = sessionStorage.getItem(SUBMITTED_KEY);
    sessionStorage.removeItem(SUBMITTED_KEY);
  } catch {
    return;
  }
  const copy = key && (await getCopy(key));
  if (!copy) return;
  const hasArrived = [...document.querySelectorAll("form[data-autosave]:not([data-unsaved])")].some((form) => {
    const served = servedFields(form);
    return Object.entries(copy.fields).every(([name, value]) => JSON.stringify(served[name]) === JSON.stringify(value));
  });
  if (hasArrived || document.querySelector(".messages .alert-success")) await deleteCopy(key);
};

const forAll = (method) => {
  for (const entry of attached.values()) entry[method]();
};

/* Attach every form of the page that saves itself, and save where the page is left. */
export const startAutosave = () => {
  deleteSubmittedCopy()
    .then(takeLeft)
    .then((copies) => {
      for (const form of document.querySelectorAll("form[data-autosave]")) attach(form, copies);
    });
  addEventListener("submit", onSubmit, true);
  addEventListener("pagehide", () => {
    const unsaved = [...attached.values()].filter(({ saver }) => saver.isActive() && saver.isDirty());
    rememberLeft(unsaved.map(({ ownKey }) => ownKey()));
    forAll("leave");
  });
  document.addEventListener("visibilitychange", () => forAll(document.hidden ? "leave" : "retry"));
  addEventListener("online", () => forAll("retry"));
  addEventListener("focus", () => forAll("retry"));
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    rememberLeft([]);
    waiting.clear();
    for (const { saver } of attached.values()) saver.resume();
    forAll("retry");
  });
  addEventListener("beforeunload", (event) => {
    for (const { saver, isCopied } of attached.values()) {
      if (saver.isActive() && saver.isDirty() && !isCopied()) event.preventDefault();
    }
  });
};
