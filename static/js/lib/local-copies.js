/* Copies of texts in this browser, until the site has them. One for each person, place and page:
   nobody is shown another's, and two pages never write over each other's. */
import { hasSignedOut } from "./signed-out.js";

const MAX_AGE_MS = 30 * 24 * 60 * 60 * 1000;

const resultOf = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let database = null;
const open = () => {
  if (!database) {
    const request = indexedDB.open("words", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("copies", { keyPath: "key" });
    database = resultOf(request);
  }
  return database;
};
const objectStore = async (mode) => (await open()).transaction("copies", mode).objectStore("copies");
const keyPrefix = (writer, place) => `${writer}/${place}/`;
const rangeOf = (prefix) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

/* Those who are signing out on this page: what they leave behind is not copied again. */
const leaving = new Set();
const writerOf = (key) => key.split("/")[0];

export const copyKey = (writer, place, page) => keyPrefix(writer, place) + page;

const putCopy = async (copy) => {
  await resultOf((await objectStore("readwrite")).put(copy));
};

/* Resolves to whether its page can go without a loss: private windows may refuse, and nothing is stored
   of somebody who has signed out in another tab. `choices` is what the choices of the form meant, for a
   page that has them no more, and `base` what the words were written over (saved-on-leaving.js). */
export const saveCopy = async (key, fields, choices = "", base = null) => {
  if (leaving.has(writerOf(key))) return true;
  if (hasSignedOut(writerOf(key))) return false;
  try {
    await putCopy({ key, fields, choices, base, at: Date.now() });
    if (!hasSignedOut(writerOf(key))) return true;
    await deleteCopy(key); // they did so meanwhile
    return false;
  } catch {
    return false;
  }
};

/* Put back a copy that was deleted, with the time it had. */
export const restoreCopy = async (copy) => {
  if (leaving.has(writerOf(copy.key)) || hasSignedOut(writerOf(copy.key))) return;
  try {
    await putCopy(copy);
  } catch {
    /* this browser stores nothing */
  }
};

export const getCopy = async (key) => {
  try {
    return await resultOf((await objectStore("readonly")).get(key));
  } catch {
    return undefined;
  }
};

export const deleteCopy = async (key) => {
  try {
    await resultOf((await objectStore("readwrite")).delete(key));
  } catch {
    /* this browser stores nothing */
  }
};

/* The text this person typed at these places, the newest first; a month is long enough. */
export const findCopies = async (writer, places) => {
  try {
    const found = [];
    for (const prefix of places.map((place) => keyPrefix(writer, place))) {
      found.push(...(await resultOf((await objectStore("readonly")).getAll(rangeOf(prefix)))));
    }
    const expired = found.filter((copy) => Date.now() - copy.at > MAX_AGE_MS);
    for (const copy of expired) await deleteCopy(copy.key);
    return found.filter((copy) => !expired.includes(copy)).sort((a, b) => b.at - a.at);
  } catch {
    return [];
  }
};

/* All that this person typed here and that the site does not have. */
export const findCopiesOf = async (writer) => {
  try {
    return await resultOf((await objectStore("readonly")).getAll(rangeOf(`${writer}/`)));
  } catch {
    return [];
  }
};

/* Leave nothing of this person in the browser. */
export const deleteCopiesOf = async (writer) => {
  for (const { key } of await findCopiesOf(writer)) await deleteCopy(key);
};

/* Copy nothing more of this person while the page goes: they have been asked. */
export const stopCopying = (writer) => {
  leaving.add(writer);
};
