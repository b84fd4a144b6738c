/* Objects in the shape of ProseMirror's nodes, for tests of what writes them. */

export const mark = (name, attrs = {}) => ({ type: { name }, attrs });

export const text = (words, ...marks) => ({
  type: { name: "text" },
  text: words,
  marks: marks.map((one) => (typeof one === "string" ? mark(one) : one)),
});

export const node = (name, attrs = {}, ...children) => ({
  type: { name },
  attrs,
  marks: [],
  content: { content: children },
  eq(other) {
    return JSON.stringify(this) === JSON.stringify(other);
  },
});

export const paragraph = (...children) =>
  node("paragraph", {}, ...children.map((child) => (typeof child === "string" ? text(child) : child)));
