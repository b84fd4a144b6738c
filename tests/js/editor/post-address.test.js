import assert from "node:assert/strict";
import { test } from "node:test";

import { postAddress } from "../../../static/js/editor/post-address.js";

const createForm = (action, dataset = {}) => ({ dataset, getAttribute: () => action });

test("a post's other pages are beside its editor", async () => {
  assert.equal(
    await postAddress(createForm("/c/networks/posts/ties/edit/"), "paste/"),
    "/c/networks/posts/ties/paste/",
  );
});

test("a form that is sent elsewhere names the editor of its post", async () => {
  const form = createForm("", { post: "/c/networks/posts/ties/edit/" });

  assert.equal(await postAddress(form, "paste/"), "/c/networks/posts/ties/paste/");
});

test("a new post's address is waited for until it has saved itself", async () => {
  let action = "/c/networks/posts/new/";
  const asked = [];
  const form = { dataset: {}, getAttribute: () => action, dispatchEvent: ({ type }) => asked.push(type) };
  const address = postAddress(form, "pictures/");

  action = "/c/networks/posts/draft-1/edit/";

  assert.equal(await address, "/c/networks/posts/draft-1/pictures/");
  assert.deepEqual(asked, ["addressneeded"]);
});
