/* Typing @ opens the reference shelf under the caret. The text keeps the focus: arrows choose,
   Enter cites, Escape closes. Without this script people type [@key], or press Cite on the shelf. */
(() => {
  const desk = document.querySelector("[data-desk]");
  const text = desk?.querySelector("textarea[name=text]");
  const box = desk?.querySelector("[data-cite-box]");
  if (!text || !box) return;
  const { edits } = globalThis;
  const list = box.querySelector("[role=listbox]");
  const keys = box.querySelector("[data-cite-keys]");
  const note = box.querySelector("[data-cite-note]");
  const told = desk.querySelector("[data-cite-told]");
  /* As the renderer reads keys: an @ after a word belongs to an address. */
  const TYPED = /(?<![\p{L}\p{N}_@/.:&=?#%+~\\-])@([\p{L}\p{N}_:.#$%&+?<>~/-]{0,60})$/u;
  let isOwn = false;
  let chosen = 0;
  let at = 0;

  const folded = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const works = () => [...desk.querySelectorAll(".shelf [data-cite]")].map((button) => ({
    key: button.dataset.cite.slice(2, -1),
    label: button.closest("li").querySelector(".work").textContent.trim(),
  }));
  const options = () => [...list.children];

  const close = () => {
    box.hidden = true;
    told.textContent = "";
    text.removeAttribute("aria-activedescendant");
  };

  const choose = (number) => {
    chosen = (number + options().length) % options().length;
    for (const [place, option] of options().entries()) option.setAttribute("aria-selected", place === chosen);
    text.setAttribute("aria-activedescendant", options()[chosen].id);
    options()[chosen].scrollIntoView({ block: "nearest" });
  };

  /* Where the caret stands is known only by writing the same text into the same room. */
  const caretLine = () => {
    const room = document.createElement("div");
    const end = document.createElement("span");
    const style = getComputedStyle(text);
    room.className = "mirror";
    for (const name of ["font", "letterSpacing", "padding", "textIndent"]) room.style[name] = style[name];
    room.style.inlineSize = `${text.clientWidth}px`;
    end.textContent = "@";
    room.append(text.value.slice(0, at), end);
    text.parentElement.append(room);
    const line = end.offsetTop + end.offsetHeight - text.scrollTop;
    room.remove();
    return text.offsetTop + Math.min(Math.max(line, 0), text.clientHeight);
  };

  const open = (words) => {
    box.style.insetBlockStart = `${caretLine()}px`;
    box.hidden = false;
    told.textContent = words;
    box.scrollIntoView({ block: "nearest" });
  };

  const offer = (found) => {
    list.replaceChildren(...found.map(({ key, label }, number) => {
      const option = document.createElement("li");
      const code = document.createElement("span");
      option.id = `cite-${number}`;
      option.setAttribute("role", "option");
      option.dataset.key = key;
      code.className = "code meta";
      code.textContent = `@${key}`;
      option.append(label, " ", code);
      return option;
    }));
    list.hidden = keys.hidden = false;
    note.hidden = true;
    open(found.length === 1 ? told.dataset.one : told.dataset.many.replace("%s", found.length));
    choose(0);
  };

  const look = () => {
    const before = text.value.slice(0, text.selectionStart);
    const typed = text.selectionStart === text.selectionEnd && TYPED.exec(before);
    if (!typed || edits.isCode(text.value, typed.index)) return close();
    const wanted = folded(typed[1]);
    const found = works().filter(({ key, label }) => folded(key).includes(wanted) || folded(label).includes(wanted));
    at = typed.index;
    const isWhole = found.length === 1 && found[0].key === typed[1];
    return found.length && !isWhole ? offer(found) : close();
  };

  /* In brackets that are open the key is one more; else it gets its own, or none in a sentence. */
  const cite = (option, inSentence) => {
    const line = text.value.slice(text.value.lastIndexOf("\n", at - 1) + 1, at);
    const rest = text.value.slice(text.selectionStart).split("\n")[0];
    const key = `@${option.dataset.key}`;
    const isInside = /\[[^[\]]*$/.test(line);
    const closing = /^[^[\]]*\]/.test(rest) ? "" : "]";
    isOwn = true;
    if (isInside) edits.insert(text, key + closing, at, text.selectionStart);
    else edits.insert(text, inSentence ? key : `[${key}]`, at, text.selectionStart);
    isOwn = false;
    close();
  };

  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-haspopup", "listbox");
  text.setAttribute("aria-controls", list.id);
  text.addEventListener("input", (event) => {
    if (!isOwn && !event.isComposing) look();
  });
  text.addEventListener("keydown", (event) => {
    if (box.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const hasOptions = !list.hidden;
    if (step && hasOptions) choose(chosen + step);
    else if (event.key === "Enter" && hasOptions) cite(options()[chosen], event.shiftKey);
    else if (event.key === "Escape") close();
    else {
      if (["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"].includes(event.key)) close();
      return;
    }
    event.preventDefault();
  });
  text.addEventListener("blur", close);
  text.addEventListener("mousedown", close);
  box.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) cite(option, event.shiftKey);
  });
  desk.querySelector("[data-cite-open]").addEventListener("click", () => {
    text.focus();
    if (works().length) {
      const before = text.value[text.selectionStart - 1] ?? " ";
      edits.insert(text, /[\s([]/.test(before) ? "@" : " @");
      return;
    }
    at = text.selectionStart;
    list.hidden = keys.hidden = true;
    note.hidden = false;
    open(note.textContent);
  });
})();
