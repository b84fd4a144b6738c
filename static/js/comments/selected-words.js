/* The words of a selection in a post, with what is around them, as the site reads them (blog/text/passages). No place is
   sent but the number of signs before them that are no white space: what is between two blocks is not the same here
   and there, and a browser counts an emoji as two. */

const CONTEXT_CHARS = 32;
const NO_WORDS = ".passage-notes, .passage-button, .on-paragraph, .footnote-ref, .footnote-back";
const BLOCKS = "p, li, td, th, pre, blockquote, h2, h3, h4, h5, h6, br";

const oneLine = (text) => text.trim().replace(/\s+/g, " ");
const signsOf = (text) => [...text.replace(/\s/g, "")].length;

const textOf = (range) => {
  const part = range.cloneContents();
  for (const element of part.querySelectorAll(NO_WORDS)) element.remove();
  for (const block of part.querySelectorAll(BLOCKS)) {
    block.before("\n");
    block.after("\n");
  }
  return part.textContent;
};

/* The part of a range that is in `container`; null if it begins in something that is no text of the post. */
const within = (container, range) => {
  if (!range.intersectsNode(container)) return null;
  const all = document.createRange();
  all.selectNodeContents(container);
  const part = range.cloneRange();
  if (part.compareBoundaryPoints(Range.START_TO_START, all) < 0) part.setStart(all.startContainer, all.startOffset);
  if (part.compareBoundaryPoints(Range.END_TO_END, all) > 0) part.setEnd(all.endContainer, all.endOffset);
  const { commonAncestorContainer: common } = part;
  const element = common.nodeType === Node.ELEMENT_NODE ? common : common.parentElement;
  return element.closest(NO_WORDS) ? null : part;
};

const paragraphAt = (container, node) => {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const paragraph = element.closest("p[id]");
  const [, number] = /^p(\d+)$/.exec(paragraph?.parentElement === container ? paragraph.id : "") ?? [];
  return number && Number(number);
};

/* The selection of the text in `container`, or null: { words, passage, range }. */
export const readSelection = (container, range) => {
  const part = within(container, range);
  const words = part ? oneLine(textOf(part)) : "";
  if (!words) return null;
  const before = document.createRange();
  before.setStart(container, 0);
  before.setEnd(part.startContainer, part.startOffset);
  const after = document.createRange();
  after.setStart(part.endContainer, part.endOffset);
  after.setEnd(container, container.childNodes.length);
  const textBefore = textOf(before);
  const passage = {
    revision: Number(container.dataset.revision),
    paragraph: paragraphAt(container, part.startContainer),
    prefix: [...oneLine(textBefore)].slice(-CONTEXT_CHARS).join(""),
    suffix: [...oneLine(textOf(after).slice(0, 4 * CONTEXT_CHARS))].slice(0, CONTEXT_CHARS).join(""),
    signs_before: signsOf(textBefore),
  };
  return { words, passage, range: part };
};
