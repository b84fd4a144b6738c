/* The form by which a page says that its reader has seen something. It is sent once that is in front of them and takes
   itself away; without scripts the reader sends it by its button. Nobody else learns of it. */
export const sendSeen = async (form) => {
  try {
    await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true });
  } catch {
    return false; // offline: the button stays, and what is new stays new
  }
  if (form.contains(document.activeElement)) {
    // whoever has come to its button with the keyboard goes on from there
    form.addEventListener("focusout", () => form.remove(), { once: true });
  } else {
    form.remove();
  }
  return true;
};
