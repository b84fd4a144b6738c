/* The marks of inline parts: those that are written with signs, and those with tags. Pure. */
export const SIGNS = { bold: "**", italic: "*", strike: "~~" };
export const TAGS = {
  bold: "b",
  italic: "i",
  strike: "s",
  subscript: "sub",
  superscript: "sup",
  highlight: "mark",
  kbd: "kbd",
  quotation: "q",
  workTitle: "cite",
};

export const nameOf = (mark) => mark.type.name;
export const isTag = (mark) => nameOf(mark) in TAGS && !(nameOf(mark) in SIGNS);
export const keyOf = (mark) => `${nameOf(mark)} ${JSON.stringify(mark.attrs ?? {})}`;
