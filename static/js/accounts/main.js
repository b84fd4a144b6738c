/* Passkeys: a form that asks the browser for one and sends what it answers. `data-passkey` says whether it makes one or
   shows one, `data-options` what the site asks; where they are missing, they are fetched from where the form goes. */

const isSupported = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in window.PublicKeyCredential;

const optionsOf = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options).publicKey;
  const response = await fetch(form.action, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  return (await response.json()).request_options.publicKey;
};

/* A passkey signs in by itself, so its device has to know whose it is, and check who holds it. */
const asPasskey = (options) => ({
  ...options,
  authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
});

const ask = {
  create: (options) =>
    navigator.credentials.create({
      publicKey: window.PublicKeyCredential.parseCreationOptionsFromJSON(asPasskey(options)),
    }),
  get: (options) =>
    navigator.credentials.get({ publicKey: window.PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

const WORDS = { NotAllowedError: "stopped", AbortError: "stopped", InvalidStateError: "known" };

const startPasskey = (form) => {
  const told = form.querySelector("[data-passkey-told]");
  const button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    told.textContent = "";
    button.disabled = true;
    try {
      const credential = await ask[form.dataset.passkey](await optionsOf(form));
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      told.textContent = told.dataset[WORDS[error.name] ?? "failed"];
      button.disabled = false;
    }
  });
  form.querySelector("[data-no-passkeys]").hidden = true;
  form.hidden = false;
  button.disabled = false;
};

if (isSupported) for (const form of document.querySelectorAll("form[data-passkey]")) startPasskey(form);
