/* The numbers beside the paragraphs of a post: a click on one puts it into the text that one writes in, ¶3. Whoever has
   no mouse types it, or takes the sign from the toolbar. */

const writers = []; // { form, insert }, the last used first

/* Whether a click is beside the first line of a paragraph, where its number is. */
const isOnNumber = (paragraph, { clientX, clientY }) => {
  const words = document.createRange();
  words.selectNodeContents(paragraph);
  const [line] = words.getClientRects();
  if (!line || clientY < line.top - 4 || clientY > line.bottom + 4) return false;
  const isRightToLeft = getComputedStyle(paragraph.parentElement).direction === "rtl";
  return isRightToLeft ? clientX > line.right : clientX < line.left;
};

const onClick = (event) => {
  const paragraph = event.target.closest?.(".numbered > p[id]");
  const [, number] = /^p(\d+)$/.exec(paragraph?.id ?? "") ?? [];
  const writer = writers.find(({ form }) => form.isConnected);
  if (number && writer && isOnNumber(paragraph, event)) writer.insert(`¶${number} `);
};

export const startParagraphNumbers = (form, insert) => {
  if (!writers.length) {
    document.addEventListener("click", onClick);
    for (const text of document.querySelectorAll(".numbered")) text.classList.add("is-citable");
  }
  const writer = { form, insert };
  writers.push(writer);
  form.addEventListener("focusin", () => {
    writers.splice(writers.indexOf(writer), 1);
    writers.unshift(writer);
  });
};
