import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { checkSession, createSender } from "../../../static/js/lib/delivery.js";

let responses;
let requests;
let tokenFields;

const respond = (...all) => {
  responses = all;
};
const json = (body, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });

/* A form as far as a sender knows it: what it holds, and whose it is. */
const createForm = (values = { text: "here" }) => ({
  dataset: { autosave: "/save/" },
  elements: { writer: { value: "7", dataset: { token: "/token/" } } },
  values,
});

const NodeFormData = FormData;
globalThis.FormData = class extends NodeFormData {
  constructor({ values }) {
    super();
    for (const [name, value] of Object.entries(values)) this.set(name, value);
  }
};
globalThis.fetch = async (url, options) => {
  requests.push({ url, ...options });
  const response = responses.shift();
  if (response instanceof Error) throw response;
  return response;
};
globalThis.document = { querySelectorAll: () => tokenFields };
Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });

beforeEach(() => {
  requests = [];
  tokenFields = [{ value: "old" }, { value: "old" }];
});

const send = (form, save = {}) => createSender(form)({ seq: 3, version: "v1", leaving: false, ...save });

test("a save carries the form with its number and its version", async () => {
  respond(json({ said: "Saved", version: "v2" }));

  const result = await send(createForm());

  assert.deepEqual(result, { saved: true, said: "Saved", version: "v2" });
  const [{ url, method, redirect, keepalive, body }] = requests;
  assert.deepEqual([url, method, redirect, keepalive], ["/save/", "POST", "manual", false]);
  assert.deepEqual(Object.fromEntries(body), { text: "here", seq: "3", version: "v1" });
});

test("a conflict is saved: the site has both texts", async () => {
  respond(json({ conflict: "<p>" }, 409));

  assert.deepEqual(await send(createForm()), { saved: true, conflict: "<p>" });
});

test("a page that is left sends what outlives it, if it is small enough", async () => {
  respond(json({}), json({}));

  await send(createForm(), { leaving: true });
  await send(createForm({ text: "é".repeat(30_000) }), { leaving: true });

  assert.deepEqual(
    requests.map(({ keepalive, signal }) => [keepalive, signal === undefined]),
    [
      [true, true],
      [false, false],
    ],
  );
});

test("what the site answers is a reason that the page has words for", async () => {
  const html = () => new Response("<p>", { status: 404, headers: { "Content-Type": "text/html" } });
  for (const [response, expected] of [
    [json({}, 401), { reason: "signed_out", retryAfterMs: 15_000 }],
    [json({ state: "lacks_notice" }, 401), { reason: "lacks_notice", retryAfterMs: 15_000 }],
    [json({}, 429, { "Retry-After": "60" }), { reason: "busy", retryAfterMs: 60_000 }],
    [json({}, 429), { reason: "busy", retryAfterMs: 10_000 }],
    [json({}, 500), { reason: "unreachable" }],
    [json({ said: "Too long." }, 422), { reason: "refused", said: "Too long.", final: true }],
    [html(), { reason: "gone", said: undefined, final: true }],
    [new TypeError("Failed to fetch"), { reason: "unreachable" }],
  ]) {
    respond(response);
    assert.deepEqual(await send(createForm()), expected);
  }
});

test("without a network it says that this computer is offline", async () => {
  navigator.onLine = false;
  respond(new TypeError("Failed to fetch"));

  assert.deepEqual(await send(createForm()), { reason: "offline" });
  navigator.onLine = true;
});

test("a refused token is renewed once", async () => {
  const form = createForm();

  respond(json({}, 403), json({ writer: 7, token: "new" }));
  assert.deepEqual(await send(form), { reason: "busy", retryAfterMs: 1000 });
  assert.deepEqual(tokenFields, [{ value: "new" }, { value: "new" }]);

  respond(json({}, 403), json({ writer: 7, token: "newer" }));
  assert.deepEqual(await send(form), { reason: "gone", final: true });
});

test("somebody else's session gets no token and no text", async () => {
  respond(json({}, 403), json({ writer: 8, token: "theirs" }));

  assert.deepEqual(await send(createForm()), { reason: "other_person", retryAfterMs: 15_000 });
  assert.deepEqual(tokenFields, [{ value: "old" }, { value: "old" }]);
});

test("a session is that of the same person, of nobody, or out of reach", async () => {
  for (const [response, expected] of [
    [json({ writer: 7, token: "new" }), "same_person"],
    [json({}, 401), "signed_out"],
    [json({}, 503), "unreachable"],
  ]) {
    respond(response);
    assert.equal(await checkSession(createForm()), expected);
  }
});
