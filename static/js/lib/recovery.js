/* Copies that an earlier page of the same person left in this browser, and that are not what the
   site has: shown, with the choice to use or to drop them. Nothing is put into a form unasked. */
import { deleteCopy, findCopies, restoreCopy, saveCopy } from "./local-copies.js";

/* As the pages print a day and a time: "Sun 18 Oct, 14:02". */
const momentOf = (at, timeZone) => {
  const format = new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.weekday} ${part.day} ${part.month}, ${part.hour}:${part.minute}`;
};

/* `read` returns what is in the form as JSON, `apply` puts fields into it, `describe` says in words what
   a copy has, from its fields and from what its choices meant; `fit` returns those that the form can hold. */
export const offerCopies = async (
  form,
  { read, apply, describe, writer, places, ownKey, fit = (fields) => fields },
) => {
  const notice = form.querySelector("[data-kept-copy]") ?? form.parentElement.querySelector("[data-kept-copy]");
  const message = notice.querySelector("[data-kept-words]");
  const details = notice.querySelector("[data-kept-text]");
  const [useButton, dropButton, undoButton] = ["use", "drop", "undrop"].map((name) =>
    notice.querySelector(`[data-${name}]`),
  );
  const copies = [];
  const keyAtStart = ownKey(); // it moves when the form gets an address of its own

  // The site stores a title without the spaces around it.
  const trimmed = (fields) => JSON.stringify(fields, (_name, value) => (value?.trim ? value.trim() : value));
  const isInForm = ({ fields }) => {
    const inForm = JSON.parse(read());
    return trimmed({ ...inForm, ...fit(fields) }) === trimmed(inForm);
  };
  const showFirst = () => {
    notice.hidden = copies.length === 0;
    if (!copies.length) return;
    const [{ at, fields, choices }] = copies;
    message.textContent = message.dataset.keptWords.replace("%s", momentOf(at, notice.dataset.timeZone));
    details.querySelector("pre").textContent = describe(fields, choices);
    for (const part of [useButton, dropButton, details]) part.hidden = false;
    undoButton.hidden = true;
  };

  for (const copy of await findCopies(writer, places)) {
    if (copy.key === keyAtStart) continue;
    if (isInForm(copy)) await deleteCopy(copy.key);
    else copies.push(copy);
  }
  useButton.addEventListener("click", async () => {
    const copy = copies.shift();
    apply(copy.fields);
    await saveCopy(ownKey(), copy.fields, copy.choices);
    await deleteCopy(copy.key);
    showFirst();
  });
  let dropped = null;
  dropButton.addEventListener("click", async () => {
    dropped = copies.shift();
    await deleteCopy(dropped.key);
    message.textContent = message.dataset.dropped;
    for (const part of [useButton, dropButton, details]) part.hidden = true;
    undoButton.hidden = false;
    undoButton.focus();
  });
  undoButton.addEventListener("click", async () => {
    copies.unshift(dropped);
    await restoreCopy(dropped);
    showFirst();
    useButton.focus();
  });
  showFirst();
};
