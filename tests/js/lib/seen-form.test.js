import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { sendSeen } from "../../../static/js/lib/seen-form.js";

const { fetch, FormData, document } = globalThis;
const button = {};
let form;

beforeEach(() => {
  globalThis.FormData = class {};
  globalThis.document = { activeElement: null };
  form = Object.assign(new EventTarget(), {
    action: "/seen/",
    isThere: true,
    contains: (element) => element === button,
    remove: () => (form.isThere = false),
  });
});

afterEach(() => Object.assign(globalThis, { fetch, FormData, document }));

test("a form that was sent takes itself away", async () => {
  const sent = [];
  globalThis.fetch = async (address, { method }) => sent.push([method, address]);

  assert.equal(await sendSeen(form), true);
  assert.deepEqual(sent, [["POST", "/seen/"]]);
  assert.equal(form.isThere, false);
});

test("a form whose button has the focus goes when the focus has gone on", async () => {
  globalThis.fetch = async () => {};
  globalThis.document.activeElement = button;

  assert.equal(await sendSeen(form), true);
  assert.equal(form.isThere, true);

  form.dispatchEvent(new Event("focusout"));
  assert.equal(form.isThere, false);
});

test("offline its button stays", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };

  assert.equal(await sendSeen(form), false);
  assert.equal(form.isThere, true);
});
