/* The numbers beside the paragraphs of a post: a click on one puts it into the text that one writes in, ¶3. Whoever has
   no mouse types it, or chooses the paragraph by its first words from the toolbar. */

const NUMBERED = ".numbered > p[id]";
const NUMBER = /^p(\d+)$/;
const FIRST_CHARS = 60;

const writers = []; // { form, insert }, the last used first

/* Return whether a click is beside the first line of a paragraph, where its number is. */
const isOnNumber = (paragraph, { clientX, clientY }) => {
  const words = document.createRange();
  words.selectNodeContents(paragraph);
  const [line] = words.getClientRects();
  if (!line || clientY < line.top - 4 || clientY > line.bottom + 4) return false;
  const isRightToLeft = getComputedStyle(paragraph.parentElement).direction === "rtl";
  return isRightToLeft ? clientX > line.right : clientX < line.left;
};

/* Where a number is a link to comment on its paragraph, it is that until somebody has begun to write. */
const begins = ({ form }) => form.elements.passage && !form.elements.text.value.trim();

const onClick = (event) => {
  const paragraph = event.target.closest?.(NUMBERED);
  const [, number] = NUMBER.exec(paragraph?.id ?? "") ?? [];
  const writer = writers.find(({ form }) => form.isConnected);
  if (!number || !writer) return;
  if (paragraph.querySelector(".on-paragraph")) {
    if (!event.target.closest(".on-paragraph") || begins(writer)) return;
    event.preventDefault();
  } else if (!isOnNumber(paragraph, event)) return;
  writer.insert(`¶${number} `);
};

/* The beginning of a paragraph, cut between words; what it shows instead of words is told by its description. */
const beginningOf = (paragraph) => {
  const copy = paragraph.cloneNode(true);
  for (const mark of copy.querySelectorAll(".footnote-ref")) mark.remove();
  const words = copy.textContent.trim().replace(/\s+/g, " ") || copy.querySelector("img")?.alt || "";
  return words.length > FIRST_CHARS ? `${words.slice(0, FIRST_CHARS).replace(/\s+\S*$/, "")}…` : words;
};

const choiceOf = (paragraph) => {
  const [, number] = NUMBER.exec(paragraph.id);
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-link";
  button.dir = "auto";
  button.dataset.number = number;
  button.textContent = `¶${number} ${beginningOf(paragraph)}`;
  item.append(button);
  return item;
};

/* The button that opens the choice; where a page shows no numbers, it puts the sign alone. */
const startChoice = (form, insert) => {
  const dialog = form.querySelector("[data-paragraphs]");
  form.querySelector("[data-paragraphs-open]").addEventListener("click", () => {
    const numbered = [...document.querySelectorAll(NUMBERED)].filter(({ id }) => NUMBER.test(id));
    if (!numbered.length) {
      insert("¶");
      return;
    }
    dialog.querySelector("ul").replaceChildren(...numbered.map(choiceOf));
    dialog.showModal();
  });
  dialog.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    dialog.close();
    if (button.dataset.number) insert(`¶${button.dataset.number} `);
  });
};

export const startParagraphNumbers = (form, insert) => {
  if (!writers.length) {
    // Before the script that reads such a click as a comment on the paragraph, whichever came first.
    document.addEventListener("click", onClick, true);
    for (const text of document.querySelectorAll(".numbered")) text.classList.add("is-citable");
  }
  startChoice(form, insert);
  const writer = { form, insert };
  writers.push(writer);
  form.addEventListener("focusin", () => {
    writers.splice(writers.indexOf(writer), 1);
    writers.unshift(writer);
  });
};
