/* Forms whose words stay in this browser until the site has them:
   <form data-copied data-place="prompt 12" data-writer="7">, with _local_copy.html inside.

   They are sent by their buttons, unlike those of autosave.js. `data-unsaved` says that the page came
   back with words that the site has not stored. Another form of the page, with data-completes="prompt 12",
   stores what came of them. */

import { applyValues, currentValues, describeValues, servedValues } from "./form-values.js";
import { copyKey, deleteCopy, getCopy, saveCopy } from "./local-copies.js";
import { offerCopies } from "./recovery.js";
import { watchSession } from "./signed-out.js";

const COPY_DELAY_MS = 200;
const SECOND_CLICK_MS = 3000;
const SENT = "forms sent";
const ARRIVED = "forms arrived";

const attached = new Map();

const newPage = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

const attach = async (form) => {
  const { place, writer } = form.dataset;
  const key = copyKey(writer, place, newPage());
  const served = JSON.stringify(servedValues(form));
  let copied = "unsaved" in form.dataset ? null : served; // what the site or this browser has
  let timer = null;
  let sentAt = null;

  const read = () => JSON.stringify(currentValues(form));
  const isDirty = () => "unsaved" in form.dataset || read() !== served;
  const isCopied = () => read() === copied;
  const copy = async () => {
    clearTimeout(timer);
    timer = null;
    const values = read();
    if (!isDirty()) await deleteCopy(key);
    else if (!(await saveCopy(key, JSON.parse(values), form.elements.choices?.value))) return;
    copied = values;
  };
  const onInput = () => {
    timer ??= setTimeout(copy, COPY_DELAY_MS);
  };

  form.addEventListener("input", onInput);
  // Whoever clicks on a link leaves a field first, where there may be time for a copy and nothing new to copy.
  form.addEventListener("change", () => {
    if (!isCopied()) copy();
  });
  attached.set(form, {
    leave: () => {
      if (isDirty()) copy();
    },
    mayBeLost: () => sentAt === null && isDirty() && !isCopied(),
    /* Return whether the form goes out now: the second of two clicks would meet what the first has saved. */
    send: () => {
      if (sentAt !== null && Date.now() - sentAt < SECOND_CLICK_MS) return false;
      sentAt = Date.now();
      copy();
      rememberSent(key);
      return true;
    },
    complete: () => {
      sentAt = Date.now();
      rememberSent(key);
    },
    resume: () => {
      sentAt = null;
    },
  });
  watchSession(writer, {
    onSignedOut: () => {
      copied = null;
    },
    onSignedIn: onInput,
  });
  if (isDirty()) await copy(); // before the copies of earlier pages with the same words go
  return offerCopies(form, {
    read,
    writer,
    places: [place],
    ownKey: () => key,
    describe: (fields, choices) => describeValues(form, fields, choices),
    apply: (fields) => {
      const restore = new CustomEvent("restore", { cancelable: true, detail: fields });
      if (!form.dispatchEvent(restore)) return; // a form whose fields come and go restores itself
      applyValues(form, fields);
      form.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
};

const keysIn = (list) => JSON.parse(sessionStorage.getItem(list) ?? "[]");

const rememberSent = (key) => {
  try {
    sessionStorage.setItem(SENT, JSON.stringify([...keysIn(SENT), key]));
  } catch {
    /* private windows may refuse */
  }
};

/* What was sent has arrived if the next page says so. A page that offers to send it again is not
   yet that page. If somebody leaves while copies are deleted, the page after it goes on. */
const deleteSentCopies = async () => {
  try {
    if (document.querySelector("form[data-send-again]")) return;
    const isRefused = document.querySelector("form[data-copied][data-unsaved]");
    const hasArrived = !isRefused && document.querySelector(".messages .alert-success");
    const keys = [...keysIn(ARRIVED), ...(hasArrived ? keysIn(SENT) : [])];
    sessionStorage.setItem(ARRIVED, JSON.stringify(keys));
    sessionStorage.removeItem(SENT);
    for (const key of keys) if (await getCopy(key)) await deleteCopy(key);
    sessionStorage.removeItem(ARRIVED);
  } catch {
    /* private windows may refuse */
  }
};

/* Attach every form of the page that is copied, and copy where the page is left. */
export const startCopiedForms = () => {
  deleteSentCopies().then(() => document.querySelectorAll("form[data-copied]").forEach(attach));
  addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const entry = attached.get(event.target);
    if (entry && !entry.send()) {
      event.preventDefault();
      return;
    }
    const { completes } = event.target.dataset;
    if (!completes) return;
    for (const [form, other] of attached) if (form.dataset.place === completes) other.complete();
  });
  const leaveAll = () => {
    for (const { leave } of attached.values()) leave();
  };
  addEventListener("pagehide", leaveAll);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leaveAll();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) for (const { resume } of attached.values()) resume();
  });
  addEventListener("beforeunload", (event) => {
    if ([...attached.values()].some(({ mayBeLost }) => mayBeLost())) event.preventDefault();
  });
};
