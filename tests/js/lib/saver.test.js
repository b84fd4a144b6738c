import assert from "node:assert/strict";
import { test } from "node:test";

import { createSaver } from "../../../static/js/lib/saver.js";
import { createClock } from "../fakes/clock.js";

/* A saver of a text that the test types (null deletes it), on a network that the test answers for. */
const open = (options = {}) => {
  const clock = createClock();
  const sent = [];
  const resolvers = [];
  const shown = [];
  let text = "";
  const saver = createSaver({
    read: () => text,
    show: (result) => shown.push(result),
    send: (save) =>
      new Promise((resolve) => {
        sent.push(save);
        resolvers.push(resolve);
      }),
    clock,
    version: "v0",
    ...options,
  });
  return {
    clock,
    saver,
    sent,
    shown,
    texts: () => sent.map((save) => save.text),
    type(more) {
      text = more === null ? "" : text + more;
      saver.scheduleSave();
    },
    async answer(index, result) {
      resolvers[index](result);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    },
  };
};

test("typing is saved shortly after it stops", async () => {
  const { clock, type, texts } = open();

  type("a");
  await clock.advance(1400);
  assert.deepEqual(texts(), []);
  await clock.advance(100);

  assert.deepEqual(texts(), ["a"]);
});

test("typing without a pause is saved within five seconds", async () => {
  const { clock, type, sent } = open();

  for (let stroke = 0; stroke < 25; stroke += 1) {
    type("a");
    await clock.advance(200);
  }

  assert.equal(sent[0].text, "a".repeat(20));
});

test("one save is in flight at a time and the next brings all that came meanwhile", async () => {
  const { clock, type, texts, answer } = open();
  for (const words of ["one ", "two ", "three"]) {
    type(words);
    await clock.advance(2000);
  }

  assert.deepEqual(texts(), ["one "]);
  await answer(0, { saved: true, version: "v1" });
  await clock.advance(0);

  assert.deepEqual(texts(), ["one ", "one two three"]);
});

test("a page that is left does not wait for the save before", () => {
  const { saver, type, texts } = open();
  type("one ");
  saver.save();
  type("two");

  saver.save(true);
  saver.save(true);

  assert.deepEqual(texts(), ["one ", "one two"]);
});

test("a save names the version that the one before was given", async () => {
  const { saver, type, sent, answer } = open();
  type("a");
  saver.save();
  await answer(0, { saved: true, version: "v1" });

  type("b");
  saver.save();

  assert.deepEqual(sent, [
    { text: "a", seq: 1, version: "v0", leaving: false },
    { text: "ab", seq: 2, version: "v1", leaving: false },
  ]);
});

test("an answer that was overtaken moves no version", async () => {
  const { saver, type, answer } = open();
  type("a");
  saver.save();
  type("b");
  saver.save(true);

  await answer(1, { saved: true, version: "v2" });
  await answer(0, { saved: true, version: "v1" });

  assert.equal(saver.version, "v2");
  assert.equal(saver.isDirty(), false);
});

test("a failed save is tried again, each time later", async () => {
  const { clock, saver, type, sent, answer } = open();
  type("a");
  saver.save();

  for (const [index, ms] of [2000, 4000, 8000, 15000, 30000, 30000].entries()) {
    await answer(index, { reason: "unreachable" });
    await clock.advance(ms - 1);
    assert.equal(sent.length, index + 1);
    await clock.advance(1);
    assert.equal(sent.length, index + 2);
  }
});

test("no save goes out before the site said it may", async () => {
  const { clock, saver, type, sent, answer } = open();
  type("a");
  saver.save();
  await answer(0, { reason: "busy", retryAfterMs: 10_000 });

  type("b");
  await clock.advance(9999);
  assert.equal(sent.length, 1);
  await clock.advance(1);

  assert.equal(sent.length, 2);
});

test("a text that is taken back after a lost answer is sent: the site may have the other one", async () => {
  const { clock, saver, type, texts, answer } = open();
  type("a");
  saver.save();
  type(null);
  await answer(0, { reason: "unreachable" });
  assert.equal(saver.isDirty(), true);
  await clock.advance(2000);

  assert.deepEqual(texts(), ["a", ""]);
  await answer(1, { saved: true, version: "v1" });
  assert.equal(saver.isDirty(), false);
});

test("a lost answer does not matter once a later save has arrived", async () => {
  const { saver, type, answer } = open();
  type("a");
  saver.save();
  type("b");
  saver.save(true);

  await answer(1, { saved: true, version: "v1" });
  await answer(0, { reason: "unreachable" });

  assert.equal(saver.isDirty(), false);
});

test("a save that the site refused for good is not tried again, but typing goes on saving", async () => {
  const { clock, saver, type, texts, answer } = open();
  type("a");
  saver.save();
  await answer(0, { reason: "refused", final: true });
  await clock.advance(100_000);
  assert.deepEqual(texts(), ["a"]);

  type("b");
  await clock.advance(1500);

  assert.deepEqual(texts(), ["a", "ab"]);
});

test("a stopped saver sends nothing by itself", async () => {
  const { clock, saver, type, texts, answer } = open();
  type("a");
  saver.save();
  saver.stop();
  await answer(0, { reason: "unreachable" });
  await clock.advance(100_000);

  assert.deepEqual(texts(), ["a"]);
  assert.equal(saver.isActive(), false);
  saver.resume();
  assert.equal(saver.isActive(), true);
});

test("a form that is sent counts as a save", () => {
  const { saver, type, sent } = open({ seq: 4 });
  type("a");
  saver.save();

  assert.equal(sent[0].seq, 5);
  assert.equal(saver.nextSeq(), 6);
});

test("a new post without words is sent where it needs an address", () => {
  const { saver, texts } = open();

  saver.save(false, true);

  assert.deepEqual(texts(), [""]);
});

test("what is unchanged is not sent", async () => {
  const { clock, saver, type, sent, shown, answer } = open();
  type("a");
  saver.save();
  await answer(0, { saved: true, version: "v1" });

  await saver.save();
  saver.scheduleSave();
  await clock.advance(10_000);

  assert.equal(sent.length, 1);
  assert.equal(saver.pending(), undefined);
  assert.deepEqual(shown, [{ isSaving: true }, { saved: true, version: "v1" }]);
});

test("a save that a later one of this page has overtaken is no loss and no news", async () => {
  const tabs = [];
  const { saver, type, texts, shown, answer } = open({ renewTab: () => tabs.push("new") });
  type("a");
  saver.save();
  type("b");
  saver.save(true);

  await answer(0, { overtakenBy: 2 });
  await answer(1, { saved: true, version: "v1" });

  assert.deepEqual(texts(), ["a", "ab"]);
  assert.deepEqual([tabs, saver.isDirty(), saver.version], [[], false, "v1"]);
  assert.deepEqual(shown.at(-1), { saved: true, version: "v1" });
});

for (const storedSeq of [5, 9]) {
  test(`a page that its tab has overtaken by save ${storedSeq} goes on as another tab`, async () => {
    const tabs = [];
    const { clock, saver, type, sent, answer } = open({ seq: 4, renewTab: () => tabs.push("new") });
    type("again");
    saver.save();

    await answer(0, { overtakenBy: storedSeq });
    await clock.advance(0);

    assert.deepEqual(tabs, ["new"]);
    assert.deepEqual(
      sent.map(({ text, seq, version }) => [text, seq, version]),
      [
        ["again", 5, "v0"],
        ["again", 1, "v0"],
      ],
    );
    await answer(1, { saved: true, version: "v0" });
    assert.equal(saver.isDirty(), false);
  });
}
