/* A page with feedback that its student has not seen: once the feedback is in view, its form is sent. Without this script
   the student sends it by its button. Nobody else learns of it. */
import { sendSeen } from "../lib/seen-form.js";

for (const form of document.querySelectorAll("form[data-seen-feedback]")) {
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    sendSeen(form);
  });
  seen.observe(form);
}
