/* The follow button changes its word where it is: the form goes in the background, and the button of the
   page that answers takes the place of the old one. Without this script the page itself comes again. */
const say = (form, text) => {
  const said = form.querySelector("output") ?? document.createElement("output");
  said.className = "meta";
  said.textContent = text;
  form.append(said);
};

const send = async (form) => {
  const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const answered = page.querySelector(`form[data-follow="${form.dataset.follow}"]`);
  return response.ok && answered ? document.importNode(answered, true) : null;
};

const follow = async (form) => {
  let answered;
  try {
    answered = await send(form);
  } catch {
    say(form, form.dataset.failed);
    return;
  }
  if (!answered) {
    form.submit(); // the site has something else to say: that the session has ended, for example
    return;
  }
  form.replaceWith(answered);
  answered.querySelector("button").focus();
};

export const startFollowing = () => {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-follow]")) return;
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    await follow(form);
    form.removeAttribute("aria-busy");
  });
};
