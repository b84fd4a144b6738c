/* A launch inside the page of an LMS, where the browser keeps no cookie of ours: the LMS keeps a secret instead. */
import { askLms, storageOf } from "./platform-storage.js";

// The first leg: let the LMS keep it, then go on there, also if it does not.
const way = document.querySelector("[data-lms-keeps]");
if (way) {
  const { key, lmsKeeps: value } = way.dataset;
  askLms({ subject: "lti.put_data", key, value }, storageOf(way)).then(() => location.replace(way.href));
}

// The second: fetch it, and send the message once more with it.
const form = document.querySelector("[data-lms-kept]");
if (form) {
  const { key } = form.dataset;
  const storage = storageOf(form);
  askLms({ subject: "lti.get_data", key }, storage).then((answer) => {
    if (typeof answer?.value === "string") {
      askLms({ subject: "lti.put_data", key, value: null }, storage); // it is used up, and need not be kept
      form.elements.kept.value = answer.value;
      form.requestSubmit();
    } else {
      document.querySelector("[data-asking]").hidden = true;
      document.querySelector("[data-unanswered]").hidden = false;
    }
  });
}
