import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import {
  copyKey,
  deleteCopiesOf,
  deleteCopy,
  findCopies,
  findCopiesOf,
  getCopy,
  restoreCopy,
  saveCopy,
  stopCopying,
} from "../../../static/js/lib/local-copies.js";
import { hasSignedOut, markSignedIn, markSignedOut } from "../../../static/js/lib/signed-out.js";
import { createIndexedDB, IDBKeyRange } from "../fakes/indexed-db.js";
import { createLocalStorage } from "../fakes/local-storage.js";

// The module opens its database once, so all tests share one and empty it.
const database = createIndexedDB();
Object.assign(globalThis, { indexedDB: database, IDBKeyRange });
Object.defineProperty(globalThis, "localStorage", { value: createLocalStorage() });
const DAY_MS = 24 * 60 * 60 * 1000;

beforeEach(() => {
  database.records.clear();
  database.isFull = false;
});

const save = (place, page, text, writer = "7") => saveCopy(copyKey(writer, place, page), { text });
const texts = (copies) => copies.map((copy) => copy.fields.text);

test("a copy is found again by its person and place", async () => {
  assert.equal(await save("post 1", "tab-a", "here"), true);

  const [copy] = await findCopies("7", ["post 1"]);

  assert.deepEqual([copy.key, copy.fields], ["7/post 1/tab-a", { text: "here" }]);
  assert.deepEqual(await getCopy(copy.key), copy);
});

test("nobody is shown another's copy, nor one of another place", async () => {
  await save("post 1", "tab-a", "mine");
  await save("post 1", "tab-a", "another's", "71");
  await save("post 12", "tab-a", "elsewhere");

  assert.deepEqual(texts(await findCopies("7", ["post 1"])), ["mine"]);
  assert.deepEqual(texts(await findCopies("7", ["post 1", "post 12"])).sort(), ["elsewhere", "mine"]);
});

test("two pages do not overwrite each other's copies, and the newest comes first", async () => {
  await restoreCopy({ key: copyKey("7", "post 1", "tab-a"), fields: { text: "old" }, at: Date.now() - 1000 });
  await save("post 1", "tab-b", "new");

  assert.deepEqual(texts(await findCopies("7", ["post 1"])), ["new", "old"]);
});

test("a copy is deleted after a month", async () => {
  const key = copyKey("7", "post 1", "tab-a");
  await restoreCopy({ key, fields: { text: "old" }, at: Date.now() - 31 * DAY_MS });

  assert.deepEqual(await findCopies("7", ["post 1"]), []);
  assert.equal(await getCopy(key), undefined);
});

test("a deleted copy can be restored as it was", async () => {
  await save("post 1", "tab-a", "here");
  const [copy] = await findCopies("7", ["post 1"]);

  await deleteCopy(copy.key);
  assert.deepEqual(await findCopies("7", ["post 1"]), []);
  await restoreCopy(copy);

  assert.deepEqual(await findCopies("7", ["post 1"]), [copy]);
});

test("a browser that stores nothing says so and breaks nothing", async () => {
  database.isFull = true;

  assert.equal(await save("post 1", "tab-a", "here"), false);
  await restoreCopy({ key: "7/post 1/tab-a", fields: {}, at: 0 });
  assert.deepEqual(await findCopies("7", ["post 1"]), []);
});

test("a page that is being left by signing out copies nothing more", async () => {
  await save("post 1", "tab-a", "mine", "8");
  await save("prompt 2", "tab-b", "mine too", "8");
  await save("post 1", "tab-a", "another's", "81");
  assert.deepEqual(texts(await findCopiesOf("8")), ["mine", "mine too"]);

  stopCopying("8");
  await deleteCopiesOf("8");

  assert.equal(await save("post 1", "tab-a", "typed while the page goes", "8"), true);
  assert.deepEqual(await findCopiesOf("8"), []);
  assert.deepEqual(texts(await findCopiesOf("81")), ["another's"]);
});

test("nothing is copied of somebody who has signed out in another tab, until they are back", async () => {
  const copy = { key: copyKey("9", "post 1", "tab-a"), fields: { text: "dropped" }, at: Date.now() };

  markSignedOut("9");
  assert.equal(await save("post 1", "tab-a", "mine", "9"), false);
  await restoreCopy(copy);
  assert.deepEqual(await findCopiesOf("9"), []);
  assert.equal(await save("post 1", "tab-a", "another's", "91"), true);

  localStorage.removeItem("signed out 9"); // as a page does that was opened later
  assert.equal(await save("post 1", "tab-a", "mine", "9"), true);
});

test("a page that was open before does not take the mark away, a later one does", () => {
  markSignedOut("9");
  markSignedIn("9");
  assert.equal(hasSignedOut("9"), true);

  localStorage.setItem("signed out 9", performance.timeOrigin - 1000);
  markSignedIn("9");
  assert.equal(localStorage.getItem("signed out 9"), null);
});
