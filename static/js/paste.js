/* Pasting into the desk. What is pasted stands there at once, as plain text; the server says what
   becomes of it, the writer sees each change before it is made, and the browser's undo takes it
   back. Ctrl+Shift+V stays plain, and so does everything while the site does not answer. */
(() => {
  const desk = document.querySelector("[data-desk]");
  const text = desk?.querySelector("textarea[name=text]");
  if (!text) return;
  const { edits } = globalThis;
  const LONGEST = 300_000;
  const PATIENCE = 15_000;
  let staysPlain = false;

  const told = document.createElement("p");
  told.className = "meta";
  told.setAttribute("role", "status");
  text.closest(".frame").after(told);

  const sleep = (time) => new Promise((done) => { setTimeout(done, time); });

  /* A new post has an address of its own as soon as it has saved itself. */
  const address = async () => {
    for (let turn = 0; turn < 40; turn += 1) {
      const action = desk.getAttribute("action");
      if (action.endsWith("/edit/")) return action.replace(/edit\/$/, "paste/");
      await sleep(250);
    }
    return null;
  };

  const ask = async (paste, action, boxes = null) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", desk.elements.csrfmiddlewaretoken.value);
    body.set("pasted", paste.plain);
    body.set("html", paste.html);
    body.set("beside", text.value);
    body.set("action", action);
    for (const [name, value] of boxes ? new FormData(boxes) : []) body.append(name, value);
    const to = await address();
    if (!to) return null;
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(to, { method: "POST", body, signal, headers: { Accept: "application/json" } });
      return answer.ok && !answer.redirected ? await answer.json() : null;
    } catch {
      return null;
    }
  };

  /* Where the plain text stands now: the writer may have gone on typing. */
  const find = ({ plain, at }) => {
    if (text.value.startsWith(plain, at)) return at;
    const found = text.value.indexOf(plain);
    return found >= 0 && text.value.indexOf(plain, found + 1) < 0 ? found : -1;
  };

  /* Put blocks between blank lines, words into the line they were pasted into. */
  const swap = (paste, words) => {
    const from = find(paste);
    if (from < 0) return false;
    const to = from + paste.plain.length;
    const before = text.value.slice(0, from);
    const after = text.value.slice(to);
    const isBlock = words.includes("\n") || /^(#{2,6} |> |- |1\. )/.test(words);
    const gap = (side, lines) => (isBlock && side.trim() ? "\n".repeat(Math.max(0, 2 - lines)) : "");
    const lead = gap(before, /\n*$/.exec(before)[0].length);
    const rest = gap(after, /^\n*/.exec(after)[0].length);
    edits.insert(text, lead + words + rest, from, to);
    return true;
  };

  const fill = (dialog, html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    dialog.replaceChildren(...page.body.childNodes);
  };

  /* Show every change with its box; what is unticked is left out, and what follows from it too. */
  const decide = (paste, answer) => new Promise((done) => {
    const dialog = document.createElement("dialog");
    dialog.className = "sheet";
    dialog.setAttribute("aria-labelledby", "paste-h");
    fill(dialog, answer.dialog);
    desk.after(dialog);
    let latest = 0;
    dialog.addEventListener("change", async ({ target }) => {
      const turn = latest += 1;
      const fresh = await ask(paste, "look", dialog.querySelector("form"));
      if (!fresh || turn !== latest || !dialog.open) return;
      const { id } = target;
      fill(dialog, fresh.dialog);
      dialog.querySelector(`#${id}`)?.focus();
    });
    dialog.addEventListener("submit", (event) => { dialog.returnValue = event.submitter?.value ?? ""; });
    dialog.addEventListener("close", () => {
      const boxes = dialog.querySelector("form");
      dialog.remove();
      text.focus();
      done(dialog.returnValue === "take" ? boxes : null);
    });
    dialog.showModal();
  });

  const take = async (paste, boxes) => {
    const answer = await ask(paste, "take", boxes);
    if (!answer || !swap(paste, answer.text)) return null;
    const { title } = desk.elements;
    if (answer.title && !title.value.trim()) edits.insert(title, answer.title, 0, title.value.length);
    return answer;
  };

  const look = async (paste) => {
    const answer = await ask(paste, "look");
    if (!answer || (!answer.asks && answer.text === paste.plain)) return;
    if (!answer.asks) {
      if (swap(paste, answer.text)) told.textContent = answer.said;
      return;
    }
    const boxes = await decide(paste, answer);
    if (!boxes) return;
    const taken = await take(paste, boxes);
    told.textContent = taken ? taken.said : "";
  };

  /* A word or a line without anything to look at goes in as it always does. */
  const isWorthALook = (plain) => /\n|[^\x00-\x7f]|\(.*\d{4}.*\)/.test(plain);

  text.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v") staysPlain = event.shiftKey;
  });
  text.addEventListener("paste", (event) => {
    const isPlain = staysPlain;
    staysPlain = false;
    const plain = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    if (event.defaultPrevented || text.readOnly || isPlain || !plain.trim() || plain.length > LONGEST) return;
    let html = event.clipboardData.getData("text/html").replace(/(\bsrc=["'])data:[^"'>]*/g, "$1");
    if (html.length > LONGEST) html = "";
    if (!html && !isWorthALook(plain)) return;
    event.preventDefault();
    told.textContent = "";
    const paste = { plain, html, at: text.selectionStart };
    edits.insert(text, plain);
    look(paste);
  });
})();
