import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { markSignedOut } from "../../../static/js/lib/signed-out.js";
import { createLocalStorage } from "../fakes/local-storage.js";

Object.defineProperty(globalThis, "localStorage", { value: createLocalStorage() });
const HTML = '<p dir="auto" data-pm-slice="1 1 []">Say <span data-cite="[@a]">(A, 2020)</span></p>';
const PLAIN = "Say [@a]\nso";

let pages = 0;
const openPage = () => {
  pages += 1;
  return import(`../../../static/js/lib/clipboard.js?${pages}`);
};
let page;

beforeEach(async () => {
  page = await openPage();
  page.forgetCopied("7");
});

test("a copy is found by its name, with its own HTML", () => {
  const html = page.rememberCopied("7", HTML, PLAIN);

  assert.notEqual(html, HTML);
  for (const [found, plain] of [
    [html, PLAIN],
    [`<meta charset='utf-8'>${html.replaceAll("@a", "@b")}`, PLAIN.replace("\n", "\r\n")],
  ]) {
    assert.deepEqual(page.copiedAs("7", found, plain), { html: HTML, isFromHere: true });
  }
});

test("another page of the same person has the last copy too", async () => {
  const html = page.rememberCopied("7", HTML, PLAIN);
  const other = await openPage();

  assert.deepEqual(other.copiedAs("7", html, PLAIN), { html: HTML, isFromHere: false });
  assert.equal(other.copiedAs("8", html, PLAIN), null);

  const later = other.rememberCopied("7", "<p>later</p>", "later");
  assert.equal((await openPage()).copiedAs("7", html, PLAIN), null);
  assert.deepEqual(page.copiedAs("7", html, PLAIN), { html: HTML, isFromHere: true });
  assert.deepEqual(page.copiedAs("7", later, "later"), { html: "<p>later</p>", isFromHere: false });
});

test("what has no name, another name or other words is no copy", () => {
  const html = page.rememberCopied("7", HTML, PLAIN);

  assert.equal(page.copiedAs("7", HTML, PLAIN), null);
  assert.equal(page.copiedAs("7", html.replace(/data-copied="[^"]*"/, 'data-copied="1-2-3-4"'), PLAIN), null);
  assert.equal(page.copiedAs("7", html, "Say more"), null);
  assert.equal(page.copiedAs("7", "", ""), null);
});

test("nothing stays of somebody who signs out, and nothing is stored of them any more", async () => {
  const html = page.rememberCopied("7", HTML, PLAIN);
  page.forgetCopied("7");
  assert.equal(page.copiedAs("7", html, PLAIN), null);

  markSignedOut("7");
  const late = page.rememberCopied("7", HTML, PLAIN);
  assert.equal((await openPage()).copiedAs("7", late, PLAIN), null);
});

test("a browser that stores nothing has the copy on the page", (context) => {
  context.mock.method(localStorage, "setItem", () => {
    throw new Error("full");
  });
  const html = page.rememberCopied("7", HTML, PLAIN);

  assert.equal(page.copiedAs("7", html, PLAIN).isFromHere, true);
});
