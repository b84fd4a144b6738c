import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { sendSeen } from "../../../static/js/lib/seen-form.js";

const { fetch, FormData } = globalThis;
let form;

beforeEach(() => {
  globalThis.FormData = class {};
  form = { action: "/seen/", isThere: true, remove: () => (form.isThere = false) };
});

afterEach(() => Object.assign(globalThis, { fetch, FormData }));

test("a form that was sent takes itself away", async () => {
  const sent = [];
  globalThis.fetch = async (address, { method }) => sent.push([method, address]);

  assert.equal(await sendSeen(form), true);
  assert.deepEqual(sent, [["POST", "/seen/"]]);
  assert.equal(form.isThere, false);
});

test("offline its button stays", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };

  assert.equal(await sendSeen(form), false);
  assert.equal(form.isThere, true);
});
