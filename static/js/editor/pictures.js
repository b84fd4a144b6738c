/* Pictures in the editor: from a file or the camera, pasted, or dropped on the text. One dialog asks what the
   picture shows, and stays open until the site has it: what is refused changes neither the text nor the dialog.
   Without this script the button leads to a page. */
import { openOverText } from "../lib/text-field.js";
import { postAddress } from "./post-address.js";
import { addStatusLine } from "./status-line.js";

const TIMEOUT_MS = 120_000;

const createKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const isPicture = (file) => file.type.startsWith("image/");
const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

/* Word copies a picture of the text beside the text: then the text is meant. */
const pictureIn = (transfer) => {
  if (transfer?.getData("text/plain").trim()) return undefined;
  return [...(transfer?.files ?? [])].find(isPicture);
};

/* Returns what takes pictures: a function of an event and of what it brings. */
export const startPictures = (form, field, surfaces) => {
  const dialog = document.querySelector("[data-picture-box]");
  if (!dialog) return;
  const dialogForm = dialog.querySelector("form");
  const { picture, alternative, is_decorative: isDecorative } = dialogForm.elements;
  const error = dialog.querySelector("[data-picture-said]");
  const progress = dialog.querySelector("[data-picture-waiting]");
  const status = addStatusLine(field);

  const camera = dialog.querySelector("[data-camera]");
  let key = createKey();
  let sending = null;

  const send = async (body, { signal }) => {
    const failure = { said: dialog.dataset.failed };
    const address = await postAddress(form, "pictures/upload/");
    if (!address) return failure;
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(address, { method: "POST", body, signal });
      const isJson = response.headers.get("Content-Type") === "application/json";
      return isJson ? await response.json() : { said: dialog.dataset.refused };
    } catch {
      return failure;
    }
  };

  const waitingMessage = (name) => dialog.dataset.waiting.replace("%s", name);

  /* Put the picture where the caret is; into the other editor, if somebody has changed to it meanwhile. */
  const insertPicture = async (markdown) =>
    (await surfaces.current.insertBlock(markdown)) || surfaces.current.insertBlock(markdown);

  const addPicture = async () => {
    const body = new FormData(dialogForm);
    body.set("key", key);
    const own = new AbortController();
    sending = own;
    const timer = setTimeout(() => own.abort(), TIMEOUT_MS);
    error.textContent = "";
    progress.textContent = waitingMessage(picture.files[0].name);
    const answer = await send(body, own);
    clearTimeout(timer);
    if (sending !== own) return; // the dialog was closed meanwhile, and may be open for another picture
    sending = null;
    progress.textContent = "";
    if (!answer.text) {
      error.textContent = answer.said;
      return;
    }
    dialogForm.reset();
    key = createKey();
    dialog.close();
    const isInText = await insertPicture(answer.text);
    status.textContent = isInText ? answer.said : dialog.dataset.missed;
  };

  const openDialog = (files = null) => {
    error.textContent = "";
    if (files) picture.files = files;
    openOverText(dialog);
    (files ? alternative : picture).focus();
  };

  const isDescribed = () => isDecorative.checked || alternative.value.trim() !== "";
  dialogForm.addEventListener("submit", (event) => {
    const hasPicture = picture.files.length > 0;
    if (event.submitter?.value !== "add") return;
    event.preventDefault();
    if (sending) return;
    if (hasPicture && isDescribed()) {
      addPicture();
      return;
    }
    error.textContent = hasPicture ? dialog.dataset.undescribed : dialog.dataset.missing;
    (hasPicture ? alternative : picture).focus();
  });
  camera.addEventListener("change", () => {
    if (!camera.files.length) return;
    picture.files = camera.files;
    alternative.focus();
  });
  dialog.addEventListener("close", () => {
    sending?.abort();
    sending = null;
    progress.textContent = "";
    surfaces.current.focus();
  });

  for (const button of form.querySelectorAll("[data-picture-open]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      if (!surfaces.current.isReadOnly()) openDialog();
    });
  }

  const receive = (event, transfer) => {
    const file = surfaces.current.isReadOnly() ? undefined : pictureIn(transfer);
    if (!file) return;
    event.preventDefault();
    const single = new DataTransfer();
    single.items.add(file);
    openDialog(single.files);
  };
  const receiveDrop = (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault(); // else the browser would leave the page for the file
    receive(event, event.dataTransfer);
  };
  field.addEventListener("paste", (event) => receive(event, event.clipboardData));
  field.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  field.addEventListener("drop", receiveDrop);
  return { paste: (event) => receive(event, event.clipboardData), drop: receiveDrop };
};
