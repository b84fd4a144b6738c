/* The tools above a text, and their keys. One stop of the Tab key; arrows lead from tool to tool.
   Whoever has no script types the same signs. */
(() => {
  const desk = document.querySelector("[data-desk]");
  const text = desk?.querySelector("textarea[name=text]");
  const bar = desk?.querySelector("[role=toolbar]");
  if (!text || !bar) return;
  const { edits } = globalThis;
  const KEYS = { b: "bold", i: "italic", k: "link" };

  const use = (name) => edits.apply(text, edits[name](text.value, text.selectionStart, text.selectionEnd));

  const tools = () => [...bar.querySelectorAll("button:not(:disabled)")].filter((tool) => !tool.hidden);
  const stopAt = (chosen) => {
    for (const tool of tools()) tool.tabIndex = tool === chosen ? 0 : -1;
  };
  bar.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = tools();
    const here = all.indexOf(event.target.closest("button"));
    const isTurned = getComputedStyle(bar).direction === "rtl";
    const step = { ArrowRight: isTurned ? -1 : 1, ArrowLeft: isTurned ? 1 : -1 }[event.key];
    const next = { Home: 0, End: all.length - 1 }[event.key] ?? (step && (here + step + all.length) % all.length);
    if (next === undefined) return;
    event.preventDefault();
    stopAt(all[next]);
    all[next].focus();
  });
  bar.addEventListener("focusin", (event) => stopAt(event.target.closest("button")));

  bar.addEventListener("click", (event) => {
    const tool = event.target.closest("button[data-edit]");
    if (tool && !text.readOnly) use(tool.dataset.edit);
  });
  text.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || event.altKey || event.shiftKey) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const name = isCommand && KEYS[event.key.toLowerCase()];
    const isEnter = event.key === "Enter" && !isCommand && text.selectionStart === text.selectionEnd;
    const edit = isEnter && edits.goOn(text.value, text.selectionStart);
    if (!name && !edit) return;
    event.preventDefault();
    if (name) use(name);
    else edits.apply(text, edit);
  });
  stopAt(tools()[0]);
})();
