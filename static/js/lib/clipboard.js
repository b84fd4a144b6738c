/* What was copied last in an editor of this site, so that it is pasted whole: with citations, notes and pictures. The
   clipboard only says which copy it is, by a name that nobody can guess, and what it is as plain text. Its HTML is
   never read, for any page can write it. Other tabs and the next page have the copy from localStorage, until this
   person signs out. */
import { hasSignedOut } from "./signed-out.js";

const placeOf = (writer) => `copied ${writer}`;
const NAME = /\sdata-copied="([\d-]+)"/; // browsers put tags of their own before it
const FIRST_TAG = /^<[a-z][\w-]*/i;
let last = null; // the copy of this page, { writer, name, html, plain }

const bare = (plain) => plain.replace(/\r\n?/g, "\n");

const store = (copy) => {
  try {
    if (!hasSignedOut(copy.writer)) localStorage.setItem(placeOf(copy.writer), JSON.stringify(copy));
  } catch {
    /* private windows may refuse, and a long text may have no room */
  }
};

const stored = (writer) => {
  try {
    return JSON.parse(localStorage.getItem(placeOf(writer)));
  } catch {
    return null;
  }
};

/* Remember what a person copies; return its HTML for the clipboard, with the name of the copy. */
export const rememberCopied = (writer, html, plain) => {
  const name = crypto.getRandomValues(new Uint32Array(4)).join("-");
  last = { writer, name, html, plain: bare(plain) };
  store(last);
  return html.replace(FIRST_TAG, `$& data-copied="${name}"`);
};

/* The copy of this person that a clipboard has, { html, isFromHere }, or null. What another program has changed since
   is another text. */
export const copiedAs = (writer, html, plain) => {
  const name = NAME.exec(html)?.[1];
  const isMeant = (copy) => copy?.writer === writer && copy.name === name && copy.plain === bare(plain);
  if (!name) return null;
  if (isMeant(last)) return { html: last.html, isFromHere: true };
  const other = stored(writer);
  return isMeant(other) ? { html: other.html, isFromHere: false } : null;
};

export const forgetCopied = (writer) => {
  if (last?.writer === writer) last = null;
  try {
    localStorage.removeItem(placeOf(writer));
  } catch {
    /* private windows may refuse */
  }
};
