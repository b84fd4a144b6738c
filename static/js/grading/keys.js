/* The keys of the grading desk. They are dead inside a text and behind a dialog, and can be switched off. */

const SWITCHED_OFF = "grading keys off";
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
};

const isElsewhere = (target) =>
  target.closest?.(TEXTS) || document.querySelector("dialog[open], .sheet:popover-open, .menu-box[open]");

/* Follow the student before or after the marked one, or the link that leads there. */
const goBy = (steps) => {
  const link = document.querySelector(`[data-step="${steps}"]`);
  if (link) {
    link.click();
    return;
  }
  const links = [...document.querySelectorAll(".queue-name")];
  const here = links.findIndex((link) => link.hasAttribute("aria-current"));
  links[here + steps]?.click();
};

export const startKeys = (form, { criteria, focusFeedback, save }) => {
  const help = document.getElementById("keys");
  const line = form.querySelector("[data-keys]");
  const isOn = help.querySelector("[data-keys-on]");
  const actions = {
    j: () => goBy(1),
    n: () => goBy(1),
    k: () => goBy(-1),
    p: () => goBy(-1),
    c: focusFeedback,
    r: () => criteria.isEmpty || criteria.focus(),
    "?": () => help.showModal(),
  };

  const showState = () => {
    isOn.checked = !storage.isOff();
    for (const part of line.querySelectorAll("[data-key]")) part.hidden = storage.isOff();
  };
  isOn.addEventListener("change", () => {
    storage.setOff(!isOn.checked);
    showState();
  });
  for (const button of document.querySelectorAll("[data-keys-open]"))
    button.addEventListener("click", () => help.showModal());
  line.hidden = false;
  showState();

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === "Enter" && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      save();
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
