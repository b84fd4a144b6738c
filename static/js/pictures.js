/* Pictures on the desk: by button, pasted, or dropped on the text. One box asks what the picture
   shows; its words go in where the caret is. Without this script the button leads to a page. */
(() => {
  const desk = document.querySelector("[data-desk]");
  const text = desk?.querySelector("textarea[name=text]");
  const box = document.querySelector("[data-picture-box]");
  if (!text || !box) return;
  const { edits } = globalThis;
  const PATIENCE = 120_000;
  const form = box.querySelector("form");
  const { picture, alternative, is_decorative: isDecorative } = form.elements;
  const said = box.querySelector("[data-picture-said]");

  const told = document.createElement("p");
  told.className = "meta";
  told.setAttribute("role", "status");
  text.closest(".frame").after(told);

  const sleep = (time) => new Promise((done) => { setTimeout(done, time); });
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  /* A new post has an address of its own as soon as it has saved itself. */
  const address = async () => {
    for (let turn = 0; turn < 40; turn += 1) {
      const action = desk.getAttribute("action");
      if (action.endsWith("/edit/")) return action.replace(/edit\/$/, "pictures/");
      await sleep(250);
    }
    return null;
  };

  const send = async (body) => {
    const to = await address();
    if (!to) return { said: box.dataset.failed };
    body.set("csrfmiddlewaretoken", desk.elements.csrfmiddlewaretoken.value);
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(to, { method: "POST", body, signal, headers: { Accept: "application/json" } });
      const isOurs = answer.headers.get("Content-Type") === "application/json";
      return isOurs ? await answer.json() : { said: box.dataset.failed };
    } catch {
      return { said: box.dataset.failed };
    }
  };

  /* What holds its place while it is on its way; the writer may go on typing meanwhile. */
  const hold = (name) => {
    const mark = `![${box.dataset.waiting.replace("%s", name.replace(/[[\]\\]/g, ""))}]()`;
    const before = text.value.slice(0, text.selectionStart);
    const after = text.value.slice(text.selectionEnd);
    const lead = before.trim() ? "\n".repeat(Math.max(0, 2 - /\n*$/.exec(before)[0].length)) : "";
    const rest = "\n".repeat(Math.max(0, 2 - /^\n*/.exec(after)[0].length));
    edits.insert(text, lead + mark + rest);
    return mark;
  };

  const replace = (mark, words) => {
    const at = text.value.indexOf(mark);
    const caret = text.selectionStart;
    if (at < 0) {
      if (words) edits.insert(text, words);
      return;
    }
    const end = at + mark.length;
    const next = caret >= end ? caret + words.length - mark.length : caret;
    edits.apply(text, { from: at, to: end, words, select: [next, next] });
  };

  const add = async () => {
    const body = new FormData(form);
    body.set("key", newKey());
    const { name } = picture.files[0];
    text.focus();
    const mark = hold(name);
    told.textContent = box.dataset.waiting.replace("%s", name);
    const answer = await send(body);
    replace(mark, answer.text ?? "");
    told.textContent = answer.said;
    return Boolean(answer.text);
  };

  const ask = (files = null) => {
    said.textContent = "";
    if (files) picture.files = files;
    box.showModal();
    (files ? alternative : picture).focus();
  };

  const isDescribed = () => isDecorative.checked || alternative.value.trim() !== "";
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "add" || (picture.files.length && isDescribed())) return;
    event.preventDefault();
    said.textContent = picture.files.length ? box.dataset.undescribed : box.dataset.missing;
    (picture.files.length ? alternative : picture).focus();
  });
  box.addEventListener("close", async () => {
    const isWanted = box.returnValue === "add";
    box.returnValue = "";
    text.focus();
    if (!isWanted || await add()) form.reset();
  });

  for (const button of desk.querySelectorAll("[data-picture-open]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      if (!text.readOnly) ask();
    });
  }

  /* Word copies a picture of the text beside the text: then the text is meant. */
  const pictureIn = (transfer) => {
    const isOne = [...transfer?.files ?? []].some((file) => file.type.startsWith("image/"));
    return isOne && !transfer.getData("text/plain").trim() ? transfer.files : null;
  };
  const hasFiles = (event) => [...event.dataTransfer?.types ?? []].includes("Files");
  const take = (event, transfer) => {
    const files = text.readOnly ? null : pictureIn(transfer);
    if (!files) return;
    event.preventDefault();
    const one = new DataTransfer();
    one.items.add([...files].find((file) => file.type.startsWith("image/")));
    ask(one.files);
  };
  text.addEventListener("paste", (event) => take(event, event.clipboardData));
  text.addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  text.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault(); // else the browser would leave the page for the file
    take(event, event.dataTransfer);
  });
})();
