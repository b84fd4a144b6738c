/* The comments of a thread that a reader has seen. The form at its end is sent once every new comment has been on the
   screen; on a first visit nothing is new, and the heading of the comments is enough. Nobody else learns of it. */
import { sendSeen } from "../lib/seen-form.js";

export const startSeenComments = () => {
  const form = document.querySelector("form[data-seen-comments]");
  if (!form) return;
  const found = document.querySelectorAll(".comment[data-new]");
  const unseen = new Set(found.length ? found : [document.getElementById("talk-h")]);
  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      unseen.delete(target);
      watcher.unobserve(target);
    }
    if (unseen.size === 0) {
      watcher.disconnect();
      sendSeen(form);
    }
  });
  for (const element of unseen) watcher.observe(element);
};
