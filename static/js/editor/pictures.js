/* Pictures in the editor: by button, pasted, or dropped on the text. One dialog asks what the picture
   shows; its Markdown goes in where the caret is. Without this script the button leads to a page. */
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
  const status = addStatusLine(field);

  const send = async (body) => {
    const failure = { said: dialog.dataset.failed };
    const address = await postAddress(form, "pictures/upload/");
    if (!address) return failure;
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(address, { method: "POST", body, signal });
      const isJson = response.headers.get("Content-Type") === "application/json";
      return isJson ? await response.json() : failure;
    } catch {
      return failure;
    }
  };

  const waitingMessage = (name) => dialog.dataset.waiting.replace("%s", name);

  const addPicture = async () => {
    const body = new FormData(dialogForm);
    body.set("key", createKey());
    const { name } = picture.files[0];
    surfaces.current.focus();
    // What holds the picture's place while it is sent; the writer may go on typing meanwhile.
    const held = surfaces.current.hold(`![${waitingMessage(name.replace(/[[\]\\]/g, ""))}]()`, true);
    status.textContent = waitingMessage(name);
    const answer = await send(body);
    if (!(await held.replace(answer.text ?? "")) && answer.text) surfaces.current.insert(answer.text);
    status.textContent = answer.said;
    return Boolean(answer.text);
  };

  const openDialog = (files = null) => {
    error.textContent = "";
    if (files) picture.files = files;
    dialog.showModal();
    (files ? alternative : picture).focus();
  };

  const isDescribed = () => isDecorative.checked || alternative.value.trim() !== "";
  dialogForm.addEventListener("submit", (event) => {
    const hasPicture = picture.files.length > 0;
    if (event.submitter?.value !== "add" || (hasPicture && isDescribed())) return;
    event.preventDefault();
    error.textContent = hasPicture ? dialog.dataset.undescribed : dialog.dataset.missing;
    (hasPicture ? alternative : picture).focus();
  });
  dialog.addEventListener("close", async () => {
    const isConfirmed = dialog.returnValue === "add";
    dialog.returnValue = "";
    surfaces.current.focus();
    if (!isConfirmed || (await addPicture())) dialogForm.reset();
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
