/* Words that a page saved as it was left, and that the next page of the same tab came without: after a reload or Back the
   page may be made before the save arrives. This browser has a copy, and knows what it was written over, so the tab
   goes on with it as if it had not been left. */
import { copyKey, getCopy } from "./local-copies.js";

const LEFT = "words left";
const MAX_AGE_MS = 60_000; // later the site has the words, or the writer is asked

/* Remember the copies of the forms of this page, by their keys. */
export const rememberLeft = (keys) => {
  try {
    if (keys.length) sessionStorage.setItem(LEFT, JSON.stringify(keys));
    else sessionStorage.removeItem(LEFT);
  } catch {
    /* private windows may refuse */
  }
};

/* The copies that the last page of this tab left. */
export const takeLeft = async () => {
  let keys = [];
  try {
    keys = JSON.parse(sessionStorage.getItem(LEFT)) ?? [];
    sessionStorage.removeItem(LEFT);
  } catch {
    return [];
  }
  const copies = await Promise.all(keys.map(getCopy));
  return copies.filter((copy) => copy?.base?.version && Date.now() - copy.at < MAX_AGE_MS);
};

/* The copy of a form among these, with the tab that it is of: only what the site sent is known to be older. */
export const copyOf = (form, copies, served) => {
  if ("unsaved" in form.dataset) return null;
  const { version, writer } = form.elements;
  const prefix = copyKey(writer.value, form.dataset.place, "");
  const found = copies.find(({ key }) => key.startsWith(prefix));
  const isBase = found && (version.value === found.base.version || served === found.base.sent);
  return isBase ? { ...found, tab: found.key.slice(prefix.length) } : null;
};
