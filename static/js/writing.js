/* The writing desk, smoother. Every button works without this script: it only adds the tools
   above the text, keys, a preview that keeps up, and a question before words are left behind. */
(() => {
  const desk = document.querySelector("[data-desk]");
  const text = desk?.querySelector("textarea[name=text]");
  if (!text) return;
  let leaving = false;
  let shown = text.value;
  let timer;

  const isTyped = () => [...desk.elements].some((field) => field.defaultValue !== undefined && field.type !== "hidden" && !field.readOnly && field.value !== field.defaultValue);
  const typedBefore = desk.querySelector("[role=alert]") !== null;

  /* execCommand keeps the browser's own undo; setRangeText is for those that gave it up. */
  const insert = (words, from = text.selectionStart, to = text.selectionEnd) => {
    text.focus();
    text.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, words)) {
      text.setRangeText(words, from, to, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const around = (sign) => {
    const { selectionStart: from, selectionEnd: to } = text;
    insert(sign + text.value.slice(from, to) + sign);
    text.setSelectionRange(from + sign.length, to + sign.length);
  };

  const eachLine = (sign) => {
    const from = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
    const to = text.selectionEnd;
    insert(text.value.slice(from, to).split("\n").map((line) => sign + line).join("\n"), from, to);
  };

  const link = () => {
    const { selectionStart: from, selectionEnd: to } = text;
    insert(`[${text.value.slice(from, to)}](https://)`);
    text.setSelectionRange(to + 3, to + 11);
  };

  const reveal = () => {
    for (const part of desk.querySelectorAll("[data-scripted], [data-cite]")) part.hidden = false;
  };

  /* The server renders; nothing here knows what a citation or a word is. The buttons are called
     "action", so desk.action would be them. */
  const refresh = async () => {
    const sent = text.value;
    if (sent === shown) return;
    const form = new FormData(desk);
    form.set("action", "preview");
    try {
      const answer = await fetch(desk.getAttribute("action"), { method: "POST", body: form });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      shown = sent;
      for (const part of desk.querySelectorAll("[data-fresh]")) {
        const fresh = page.querySelector(`[data-fresh=${part.dataset.fresh}]`);
        if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes);
      }
      reveal();
    } catch {
      /* Offline: the words are in the page, and the preview waits. */
    }
  };

  desk.addEventListener("click", (event) => {
    const tool = event.target.closest("button");
    if (!tool || tool.type !== "button") return;
    if (tool.dataset.around) around(tool.dataset.around);
    else if (tool.dataset.line) eachLine(tool.dataset.line);
    else if (tool.dataset.cite) insert(tool.dataset.cite);
    else if ("link" in tool.dataset) link();
  });
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 1500);
  });
  desk.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const key = event.key.toLowerCase();
    if (key === "s") desk.requestSubmit(desk.querySelector("button[value=save]"));
    else if (key === "b" && event.target === text) around("**");
    else if (key === "i" && event.target === text) around("*");
    else return;
    event.preventDefault();
  });
  desk.addEventListener("submit", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => {
    if (!leaving && (typedBefore || isTyped())) event.preventDefault();
  });
  reveal();
})();
