/* Names that are typed behind an @. Pure. */

const TYPED_NAME = /(?<![\p{L}\p{N}_@/.:&=?#%+~\\-])@((?! )[\p{L}\p{M}\p{N}.'’() -]{0,60})$/u;

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/* The typed part of a name at the end of a text, or null. */
export const typedName = (before) => TYPED_NAME.exec(before)?.[1] ?? null;

/* The names of which a word begins with what is typed; none where it has all of a name and a blank. */
export const matchNames = (names, typed) => {
  const wanted = fold(typed);
  return names.filter((name) => ` ${fold(name)}`.includes(` ${wanted}`));
};
