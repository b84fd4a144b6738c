/* Levels that are saved as they are chosen: <form data-levels="address">. A criterion carries the version of its score,
   so that two windows never overwrite each other's levels: the page shows both, and somebody chooses.
   Without this script, or without a connection, the form brings all levels when it is sent. */

const PATIENCE_MS = 8000;
const SUBMIT_WAIT_MS = 3000;

const readAnswer = async (response) => {
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, ...(isJson ? await response.json() : {}), isOurs: Boolean(isJson) };
};

export const startLevels = (form, { onChosen }) => {
  const { levels: address } = form.dataset;
  if (!address) return;
  const state = form.querySelector("[data-saved]");
  let waiting = 0;
  let last = Promise.resolve();

  const show = (words, isSaved) => {
    state.hidden = false;
    state.querySelector("[data-saved-words]").textContent = words;
    state.classList.toggle("is-ok", isSaved);
    state.classList.toggle("is-wait", !isSaved);
  };
  const radioOf = (criterion, position) => criterion.querySelector(`input[value="${CSS.escape(String(position))}"]`);
  const nameOf = (radio) => radio.dataset.words;

  /* Both levels, each with the button that chooses it. */
  const showClash = (criterion, mine, { level, seen, said }) => {
    const stored = radioOf(criterion, level);
    const clash = criterion.querySelector("[data-clash]");
    const [keep, use] = clash.querySelectorAll("button");
    clash.querySelector("[data-clash-words]").textContent = said;
    keep.textContent = keep.dataset.words.replace("%s", nameOf(stored));
    use.textContent = use.dataset.words.replace("%s", nameOf(mine));
    criterion.dataset.seen = seen;
    keep.onclick = () => {
      stored.checked = true;
      clash.hidden = true;
      onChosen();
    };
    use.onclick = () => {
      clash.hidden = true;
      save(criterion, mine);
    };
    criterion.open = true;
    clash.hidden = false;
    keep.focus();
  };

  const send = async (criterion, radio) => {
    const { csrfmiddlewaretoken, writer, version, revision } = form.elements;
    const body = new FormData();
    for (const { name, value } of [csrfmiddlewaretoken, writer, version, revision].filter(Boolean))
      body.set(name, value);
    body.set("criterion", criterion.dataset.criterion);
    body.set("level", radio.value);
    body.set("seen", criterion.dataset.seen);
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const answer = await readAnswer(await fetch(address, { method: "POST", body, signal, keepalive: true }));
      if (answer.status === 200 && answer.isOurs) {
        criterion.dataset.seen = answer.seen;
        version.value = answer.version;
        show(answer.said, true);
      } else if (answer.level) showClash(criterion, radio, answer);
      else show(answer.said ?? state.dataset.failed, false);
    } catch {
      show(state.dataset.failed, false);
    }
  };

  /* One at a time: each answer says what the next one is to name. */
  const save = (criterion, radio) => {
    waiting += 1;
    last = last
      .then(() => send(criterion, radio))
      .finally(() => {
        waiting -= 1;
      });
  };

  form.addEventListener("change", ({ target }) => {
    const criterion = target.closest?.("[data-criterion]");
    if (criterion && target.type === "radio") save(criterion, target);
  });
  /* The form names the version that the last answer brings, so it waits for that, but not for ever. */
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
};
