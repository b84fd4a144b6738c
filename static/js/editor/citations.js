/* Changes of a text by citing. Pure. */

/* As the renderer reads keys: an @ after a word belongs to an address. */
const START = /(?<![\p{L}\p{N}_@/.:&=?#%+~\\-])@/gu;
const KEY = /^[\p{L}\p{N}_]+(?:[:.#$%&+?<>~/-][\p{L}\p{N}_]+)*/u;
const MAX_QUERY_CHARS = 600;
const MAX_WORDS = 8;

/* The words after the last @ of a text that may begin a citation, { typed, index }, or null: a key, or
   words, an identifier or a line that name a reference. */
export const typedQuery = (before) => {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const start = [...line.matchAll(START)].at(-1)?.index;
  if (start === undefined) return null;
  const typed = line.slice(start + 1);
  const isNone = /^\s|\]/.test(typed) || typed.length > MAX_QUERY_CHARS;
  return isNone ? null : { typed, index: before.length - typed.length - 1 };
};

/* Return whether words are more than a search: a DOI, a link, an ISBN, a line with a year. */
export const isReference = (typed) =>
  /10\.\d{4,9}\/\S|^(?:https?:\/\/|www\.)\S|^(?:isbn[\s:]*)?(?:97[89][- ]?)?(?:\d[- ]?){9}[\dx]$|\((?:\d{4}|n\.d\.)/i.test(
    typed,
  );

/* Return whether so many words can still be a search, and not the sentence after a name with @. */
export const isSearch = (typed) => isReference(typed) || typed.trim().split(/\s+/).length <= MAX_WORDS;

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/* The references, { key, label }, that have every word of what is typed in their key or label; none if it begins
   with a whole key. */
export const matchReferences = (references, typed) => {
  if (startsWithKey(references, typed)) return [];
  const words = fold(typed).split(/\s+/).filter(Boolean);
  return references.filter(({ key, label }) => {
    const text = `${fold(key)} ${fold(label)}`;
    return words.every((word) => text.includes(word));
  });
};

/* Return whether what is typed is a whole key, or goes on behind one. A key that begins another needs the list. */
export const startsWithKey = (references, typed) => {
  const [key] = KEY.exec(typed) ?? [];
  const isWhole = references.some((reference) => reference.key === key);
  const isPart =
    key === typed &&
    references.some((reference) => fold(reference.key) !== fold(key) && fold(reference.key).startsWith(fold(key)));
  return isWhole && !isPart;
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
