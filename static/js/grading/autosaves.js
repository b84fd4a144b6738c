/* Autosaves of the desk before anybody saves: one request at a time, as each answer says which version the
   next one names, and one line that says what is kept. */

/* Where these requests take as long, the form would too; and one that overtakes them meets a version of its own. */
const SUBMIT_WAIT_MS = 10000;

/* `add` runs a task behind those before it. The form waits for them when it is sent, but not for ever: it names the
   version that the last answer brings. */
export const createQueue = (form) => {
  let waiting = 0;
  let last = Promise.resolve();

  form.addEventListener("submit", (event) => {
    if (!waiting) return;
    event.preventDefault();
    const { submitter } = event;
    const patience = new Promise((resolve) => setTimeout(resolve, SUBMIT_WAIT_MS));
    Promise.race([last, patience]).then(() => {
      waiting = 0;
      form.requestSubmit(submitter);
    });
  });
  return {
    add(task) {
      waiting += 1;
      last = last.then(task).finally(() => {
        waiting = Math.max(0, waiting - 1);
      });
      return last;
    },
  };
};

const STATES = ".queue-name[aria-current] + .state, [data-own-state] > .state:first-child";

/* Show the state of the grade at the student in the queue, and above their work. */
const showInQueue = (state) => {
  const wanted = document.querySelector(`template[data-state="${state}"]`);
  if (!wanted) return;
  for (const shown of document.querySelectorAll(STATES)) shown.replaceWith(wanted.content.cloneNode(true));
};

export const createState = (form) => {
  const state = form.querySelector("[data-saved]");
  return {
    showInQueue,
    failed: state.dataset.failed,
    show(words, isSaved) {
      state.hidden = false;
      state.querySelector("[data-saved-words]").textContent = words;
      state.querySelector("[data-ok]").hidden = !isSaved;
      state.querySelector("[data-not]").hidden = isSaved;
      state.classList.toggle("is-ok", isSaved);
      state.classList.toggle("is-wait", !isSaved);
    },
  };
};

/* The data of each request of the desk: whose form it is, and what its page has shown. */
export const bodyOf = (form, fields) => {
  const { csrfmiddlewaretoken, writer, version, revision } = form.elements;
  const body = new FormData();
  for (const { name, value } of [csrfmiddlewaretoken, writer, version, revision].filter(Boolean)) body.set(name, value);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return body;
};

export const readAnswer = async (response) => {
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, ...(isJson ? await response.json() : {}), isOurs: Boolean(isJson) };
};
