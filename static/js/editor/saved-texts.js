/* Saved comments that are asked for behind a slash. Pure. */

const TYPED = /(?<![^\s([“«])\/((?! )[\p{L}\p{M}\p{N}’' -]{0,40})$/u;

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/* The text behind a slash that begins a word, at the end of a text, or null. */
export const typedSlash = (before) => TYPED.exec(before)?.[1] ?? null;

/* The text at the place that is typed as a number, or those of which a word begins with what is typed. */
export const matchTexts = (texts, typed) => {
  if (/^\d+$/.test(typed)) return texts.slice(typed - 1, typed);
  const wanted = fold(typed);
  return texts.filter((text) => ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, " ")}`.includes(` ${wanted}`));
};
