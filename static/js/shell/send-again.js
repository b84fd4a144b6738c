/* A form that came after its session had ended is offered once more, with the token of that session.
   Where the same person has signed in again in another tab, it goes with their new token. For anybody
   else the site asks first, and names who would send it. */
const renewToken = async (form) => {
  const response = await fetch(form.dataset.token, { cache: "no-store" });
  if (!response.ok) return;
  const { writer, token } = await response.json();
  if (String(writer) === form.elements.writer?.value) form.elements.csrfmiddlewaretoken.value = token;
};

export const startSendAgain = () => {
  for (const form of document.querySelectorAll("form[data-token]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        await renewToken(form);
      } finally {
        form.submit();
      }
    });
  }
};
