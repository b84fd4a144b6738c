/* The list of notifications: once it is in front of its reader, the form that says so is sent. Without this script the
   reader sends it by its button. The list stays as it is until the page is opened again. */
import { sendSeen } from "../lib/seen-form.js";

const form = document.querySelector("form[data-seen]");

const send = async () => {
  if (await sendSeen(form)) document.querySelector(".bell-news")?.remove();
};

const sendWhenVisible = () => {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", sendWhenVisible);
  send();
};

if (form) {
  document.addEventListener("visibilitychange", sendWhenVisible);
  sendWhenVisible();
}
