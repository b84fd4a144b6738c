/* Levels that are kept as they are chosen: <form data-levels="address">. A criterion carries the version of its score,
   so that two windows never overwrite each other's levels: the page shows both, and somebody chooses.
   Without this script, or without a connection, the form brings all levels when it is sent. */
import { bodyOf, readAnswer } from "./autosaves.js";

const PATIENCE_MS = 8000;

export const startLevels = (form, { queue, state, onChosen }) => {
  const { levels: address } = form.dataset;
  if (!address) return;
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

  /* The names of other graders, at their levels. */
  const showOthers = (criterion, others) => {
    for (const by of criterion.querySelectorAll("[data-by]")) by.remove();
    for (const { name, level } of others) {
      const by = document.createElement("span");
      by.className = "level-by";
      by.dataset.by = name;
      by.textContent = name;
      radioOf(criterion, level)?.closest("label").querySelector(".level-what").append(" ", by);
    }
    onChosen();
  };

  const send = async (criterion, radio) => {
    const { seen, criterion: key } = criterion.dataset;
    criterion.dataset.sent = radio.value;
    const body = bodyOf(form, { criterion: key, level: radio.value, seen });
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const answer = await readAnswer(await fetch(address, { method: "POST", body, signal, keepalive: true }));
      if (answer.status === 200 && answer.isOurs) {
        criterion.dataset.seen = answer.seen;
        form.elements.version.value = answer.version;
        showOthers(criterion, answer.others);
        state.showInQueue(answer.state);
        state.show(answer.said, true);
      } else if (answer.level) showClash(criterion, radio, answer);
      else state.show(answer.said ?? state.failed, false);
    } catch {
      state.show(state.failed, false);
    }
  };
  const save = (criterion, radio) => queue.add(() => send(criterion, radio));

  /* The form is not refused for what this page knows, also where an answer is still under way. */
  form.addEventListener("formdata", ({ formData }) => {
    for (const { dataset } of form.querySelectorAll("[data-criterion]")) {
      formData.set(`seen-${dataset.criterion}`, dataset.seen);
      if (dataset.sent) formData.set(`sent-${dataset.criterion}`, dataset.sent);
    }
  });
  form.addEventListener("change", ({ target }) => {
    const criterion = target.closest?.("[data-criterion]");
    if (criterion && target.type === "radio") save(criterion, target);
  });
};
