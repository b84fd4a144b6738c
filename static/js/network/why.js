/* A line of “My network” loads what its tie comes from when it is opened, once. Until then, and without this script, it
   has a link to the page of the tie. */
const load = async (line) => {
  const address = line.dataset.why;
  delete line.dataset.why;
  try {
    const response = await fetch(address);
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    const list = answer.querySelector("body > ul");
    if (!response.ok || response.redirected || !list) throw new Error(response.statusText);
    line.querySelector("ul").replaceWith(document.importNode(list, true));
  } catch {
    line.dataset.why = address; // the link is still there, and opening it once more tries again
  }
};

/* On the document, and on the way down: the event does not bubble, and another week brings new lines. */
export const startLines = () => {
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.open && event.target.dataset?.why) load(event.target);
    },
    true,
  );
  // Whoever was quicker than this script has opened a line already.
  for (const line of document.querySelectorAll("details[data-why][open]")) load(line);
};
