import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { askLms, keeperIn, storageOf } from "../../../static/js/lti/platform-storage.js";

const LMS = "https://lms.example.edu";
const STORAGE = { target: "_parent", origin: LMS };

/** A page inside one of an LMS, which answers as the test says; both may have other origins. */
const pageIn = (answer, from = LMS) => {
  const hearers = new Set();
  const sent = [];
  const parent = {
    frames: {},
    postMessage: (message, origin) => {
      sent.push({ message, origin });
      const data = answer?.(message);
      if (data) for (const hear of [...hearers]) hear({ data, origin: from });
    },
  };
  return {
    parent,
    sent,
    hearers,
    addEventListener: (_name, hear) => hearers.add(hear),
    removeEventListener: (_name, hear) => hearers.delete(hear),
  };
};
const answering =
  (more) =>
  ({ subject, message_id }) => ({ subject: `${subject}.response`, message_id, ...more });

const askedWithoutAnswer = async (page) => {
  mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
  try {
    const asked = askLms({ subject: "lti.get_data", key: "k" }, STORAGE, page);
    mock.timers.tick(10_000);
    return await asked;
  } finally {
    mock.timers.reset();
  }
};

test("what the LMS keeps is fetched, from its origin alone", async () => {
  const page = pageIn(answering({ value: "secret" }));

  const answer = await askLms({ subject: "lti.get_data", key: "k" }, STORAGE, page);

  assert.equal(answer.value, "secret");
  assert.deepEqual(
    page.sent.map(({ message, origin }) => [message.subject, message.key, origin]),
    [["lti.get_data", "k", LMS]],
  );
  assert.equal(page.hearers.size, 0);
});

test("each question has a name of its own", async () => {
  const page = pageIn(answering({ value: "secret" }));

  await askLms({ subject: "lti.get_data", key: "k" }, STORAGE, page);
  await askLms({ subject: "lti.get_data", key: "k" }, STORAGE, page);

  assert.notEqual(page.sent[0].message.message_id, page.sent[1].message.message_id);
});

test("an LMS that says it cannot has no answer", async () => {
  const page = pageIn(answering({ error: { code: "storage_exhaustion" } }));

  assert.equal(await askLms({ subject: "lti.put_data", key: "k", value: "v" }, STORAGE, page), null);
});

for (const [name, answer, from] of [
  ["of another origin", answering({ value: "theirs" }), "https://evil.example"],
  ["to another question", ({ subject }) => ({ subject: `${subject}.response`, message_id: "1", value: "theirs" })],
  ["about something else", ({ message_id }) => ({ subject: "lti.put_data.response", message_id, value: "theirs" })],
  ["that is no object", () => "lti.get_data.response"],
  ["that never comes", undefined],
]) {
  test(`an answer ${name} is not heard`, async () => {
    const page = pageIn(answer, from);

    assert.equal(await askedWithoutAnswer(page), null);
    assert.equal(page.hearers.size, 0);
    assert.ok(page.sent.length > 1, "it is asked again: the frame may still be loading");
    assert.ok(page.sent.every(({ origin }) => origin === LMS));
  });
}

test("in a window nobody is asked", async () => {
  const page = pageIn(answering({ value: "secret" }));
  page.parent = page;

  assert.equal(await askLms({ subject: "lti.get_data", key: "k" }, STORAGE, page), null);
  assert.deepEqual(page.sent, []);
});

test("the frame that the LMS names keeps things, else the page around", () => {
  const frame = { postMessage: () => {} };
  const hidden = new Proxy({}, { get: () => { throw new Error("of another site"); } }); // biome-ignore format: one line

  assert.equal(keeperIn({ frames: { storage: frame } }, "storage"), frame);
  for (const frames of [{}, { storage: 3 }, { storage: () => {} }, hidden]) {
    const parent = { frames };
    assert.equal(keeperIn(parent, "storage"), parent);
  }
});

test("the origin is that of the address where the LMS says who somebody is, as a browser writes it", () => {
  const dataset = { target: "_parent", lms: "https://LMS.example.edu:443/auth?x=1" };

  assert.deepEqual(storageOf({ dataset }), STORAGE);
});
