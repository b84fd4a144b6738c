/* What a guest types on a public page stays with its tab until it is sent: a reload, or a page that failed to load,
   takes nothing away. Unlike local-copies.js this keeps the name and the email too, for it ends with the tab: whoever opens
   this browser next does not see whose they are. */
const FIELDS = ["text", "name", "email", "website"];
const SENT = "guest words sent";

const keyOf = (form) => `guest words ${form.dataset.place}`;
const read = (form) => Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));

/* What was sent has arrived if the next page says so. */
const forgetSent = () => {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (sent && document.querySelector(".messages .alert-success")) sessionStorage.removeItem(sent);
};

/* The words of a refused form came back with the page. */
const putBack = (form) => {
  const stored = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "{}");
  if ("unsaved" in form.dataset) return;
  for (const [name, value] of Object.entries(stored)) form.elements[name].value = value;
};

/* Start before the forms that are copied, which compare their copies with what is in the form. */
export const startGuestWords = () => {
  try {
    forgetSent();
    const form = document.querySelector("form.guest-form");
    if (!form) return;
    putBack(form);
    form.addEventListener("input", () => {
      try {
        sessionStorage.setItem(keyOf(form), JSON.stringify(read(form)));
      } catch {
        /* it is full: the text has its copy still */
      }
    });
    addEventListener("submit", ({ target, defaultPrevented }) => {
      if (target === form && !defaultPrevented) sessionStorage.setItem(SENT, keyOf(form));
    });
  } catch {
    /* private windows may refuse */
  }
};
