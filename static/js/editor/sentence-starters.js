/* Phrases to start a sentence with. Without this script they are a list to read; with it a click puts one into the
   text. */
const GAP = /\s*…$/; // where one's own words go

const buttonOf = (phrase) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-link btn-sm";
  button.textContent = phrase;
  return button;
};

export const startSentenceStarters = (form, insert) => {
  const starters = form.querySelector("[data-starters] dl");
  if (!starters) return;
  for (const phrase of starters.querySelectorAll("dd")) phrase.replaceChildren(buttonOf(phrase.textContent.trim()));
  starters.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button) insert(`${button.textContent.replace(GAP, "")} `);
  });
};
