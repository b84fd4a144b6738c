/* The keys of the grading desk. They are dead inside a text and behind a dialog, and can be switched off. */

const SWITCHED_OFF = "grading keys off";
const GRADED_LAST = "grading graded last";
const TEXTS = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";

const storage = {
  isOff() {
    try {
      return localStorage.getItem(SWITCHED_OFF) !== null;
    } catch {
      return false;
    }
  },
  setOff(isOff) {
    try {
      if (isOff) localStorage.setItem(SWITCHED_OFF, "1");
      else localStorage.removeItem(SWITCHED_OFF);
    } catch {
      /* without storage the keys are on again with the next page */
    }
  },
  takeLast() {
    try {
      const last = sessionStorage.getItem(GRADED_LAST);
      sessionStorage.removeItem(GRADED_LAST);
      return last;
    } catch {
      return null;
    }
  },
  setLast(address) {
    try {
      sessionStorage.setItem(GRADED_LAST, address);
    } catch {
      /* without storage the order of the queue leads back */
    }
  },
};

const isElsewhere = (target) =>
  target.closest?.(TEXTS) || document.querySelector("dialog[open], .sheet:popover-open, .menu-box[open]");

/* Follow the student before or after the marked one, or the link that leads there. Behind the last comes the first,
   and the other way round, where the queue is shown whole. */
const goBy = (steps) => {
  const step = document.querySelector(`[data-step="${steps}"]`);
  if (step) {
    step.click();
    return;
  }
  const links = [...document.querySelectorAll(".queue-name")];
  const here = links.findIndex((link) => link.hasAttribute("aria-current"));
  const isWhole = !document.querySelector(".queue-end");
  const start = here < 0 && steps < 0 ? 0 : here;
  const next = isWhole ? links.at((start + steps) % links.length) : links[start + steps];
  next?.click();
};

/* The key for the student before leads to the one who was just graded, though they sink in the queue. */
const createWayBack = (next) => {
  const here = document.querySelector(".queue-name[aria-current]")?.href;
  if (!here) return () => goBy(-1);
  const left = storage.takeLast();
  next.form.addEventListener("submit", ({ submitter }) => {
    if (submitter === next) storage.setLast(here);
  });
  return left && left !== here ? () => location.assign(left) : () => goBy(-1);
};

export const startKeys = (form, { criteria, focusFeedback, next }) => {
  const help = document.getElementById("keys");
  const hints = form.querySelectorAll("[data-keys]");
  const isOn = help.querySelector("[data-keys-on]");
  const goBack = createWayBack(next);
  const actions = {
    j: () => goBy(1),
    n: () => goBy(1),
    k: goBack,
    p: goBack,
    c: focusFeedback,
    r: () => criteria.isEmpty || criteria.focus(),
    "?": () => help.showModal(),
  };

  const showState = () => {
    isOn.checked = !storage.isOff();
    for (const part of form.querySelectorAll("[data-key]")) part.hidden = storage.isOff();
  };
  isOn.addEventListener("change", () => {
    storage.setOff(!isOn.checked);
    showState();
  });
  for (const button of document.querySelectorAll("[data-keys-open]"))
    button.addEventListener("click", () => help.showModal());
  for (const hint of hints) hint.hidden = false;
  showState();

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === "Enter" && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      form.requestSubmit(next);
      return;
    }
    if (event.key === "Escape" && event.target.closest?.(".feedback") && !criteria.isEmpty) criteria.focus();
    if (isCommand || storage.isOff() || isElsewhere(event.target)) return;
    if (/^[1-9]$/.test(event.key)) {
      if (criteria.choose(event.key)) event.preventDefault();
      return;
    }
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
};
