/* The style sheet keeps comments that are far out of view from being laid out, so that the page is there at once. This
   lays out the others, a few in each frame, as screen readers know nothing of what is not laid out. */
const IN_A_FRAME = 10;

export const layOutInParts = () => {
  const waiting = [...document.querySelectorAll("[data-in-parts] .comment")];
  const layOutNext = () => {
    for (const comment of waiting.splice(0, IN_A_FRAME)) comment.classList.add("is-laid-out");
    if (waiting.length) requestAnimationFrame(() => setTimeout(layOutNext));
  };
  layOutNext();
};
