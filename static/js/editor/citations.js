/* What citing does to a text. Pure. */

/* As the renderer reads keys: an @ after a word belongs to an address. */
const TYPED_KEY = /(?<![\p{L}\p{N}_@/.:&=?#%+~\\-])@([\p{L}\p{N}_:.#$%&+?<>~/-]{0,60})$/u;

/* The key that is being typed at the end of a text, { typed, index }, or null. */
export const typedKey = (before) => {
  const match = TYPED_KEY.exec(before);
  return match && { typed: match[1], index: match.index };
};

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/* The references, { key, label }, whose key or label has what is typed; none if it is a whole key. */
export const matchReferences = (references, typed) => {
  const wanted = fold(typed);
  const found = references.filter(({ key, label }) => fold(key).includes(wanted) || fold(label).includes(wanted));
  return found.length === 1 && found[0].key === typed ? [] : found;
};

/* The citation to put in place of from–to: in brackets that are open the key is one more; else it
   gets its own, or none in a sentence. */
export const citation = (value, from, to, key, isInSentence) => {
  const before = value.slice(value.lastIndexOf("\n", from - 1) + 1, from);
  const after = value.slice(to).split("\n")[0];
  const isInBrackets = /\[[^[\]]*$/.test(before);
  if (!isInBrackets) return isInSentence ? `@${key}` : `[@${key}]`;
  const isClosed = /^[^[\]]*\]/.test(after);
  return isClosed ? `@${key}` : `@${key}]`;
};
