/* Words that an earlier page of the same person left in this browser, and that are not what the
   site has: shown, with the choice to use or to drop them. Nothing is put into a form unasked. */
globalThis.recover = async (form, { read, typed, writer, page, own }) => {
  const { copies } = globalThis;
  const notice = form.querySelector("[data-kept-copy]") ?? form.parentElement.querySelector("[data-kept-copy]");
  const words = notice.querySelector("[data-kept-words]");
  const body = notice.querySelector("[data-kept-text]");
  const [use, drop, undo] = ["use", "drop", "undrop"].map((name) => notice.querySelector(`[data-${name}]`));
  const left = [];

  const isHere = ({ fields }) => JSON.stringify({ ...JSON.parse(read()), ...fields }) === read();
  const offer = () => {
    notice.hidden = left.length === 0;
    if (!left.length) return;
    const [{ at, fields }] = left;
    const when = { weekday: "short", hour: "2-digit", minute: "2-digit" };
    const moment = new Date(at).toLocaleString(document.documentElement.lang, when);
    words.textContent = words.dataset.keptWords.replace("%s", moment);
    body.querySelector("pre").textContent = [fields.title, fields.text].filter(Boolean).join("\n\n");
    for (const part of [use, drop, body]) part.hidden = false;
    undo.hidden = true;
  };

  for (const copy of await copies.find(writer, [form.dataset.place, form.dataset.placeBefore ?? "-"])) {
    if (copy.key === own) continue;
    if (isHere(copy)) await copies.drop(copy.key);
    else left.push(copy);
  }
  use.addEventListener("click", async () => {
    const copy = left.shift();
    for (const [name, value] of Object.entries(copy.fields)) {
      if (form.elements[name]) form.elements[name].value = value;
    }
    form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
    form.elements.text.focus();
    typed();
    await copies.put(writer, form.dataset.place, page, copy.fields);
    await copies.drop(copy.key);
    offer();
  });
  let dropped = null;
  drop.addEventListener("click", async () => {
    dropped = left.shift();
    await copies.drop(dropped.key);
    words.textContent = words.dataset.dropped;
    for (const part of [use, drop, body]) part.hidden = true;
    undo.hidden = false;
    undo.focus();
  });
  undo.addEventListener("click", async () => {
    left.unshift(dropped);
    await copies.restore(dropped);
    offer();
    use.focus();
  });
  offer();
};
