/* Folded branches of a thread. A link to a comment opens the branches that hold it, also in browsers that do not do so by
   themselves; and Back finds each branch as its reader had left it. */
const branches = () => [...document.querySelectorAll("details.branch")];

export const openTo = (element) => {
  let isOpened = false;
  for (let branch = element.closest("details"); branch; branch = branch.parentElement.closest("details")) {
    isOpened ||= !branch.open;
    branch.open = true;
  }
  return isOpened;
};

const followAddress = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (!target?.matches(".comment") || !openTo(target)) return;
  target.scrollIntoView();
  target.focus({ preventScroll: true });
};

const remember = () => {
  const open = branches().map((branch) => branch.open);
  history.replaceState({ ...history.state, open }, "");
};

const restore = () => {
  if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward") return;
  const open = history.state?.open;
  if (open?.length !== branches().length) return;
  for (const [place, branch] of branches().entries()) branch.open = open[place];
};

export const startBranches = () => {
  if (branches().length === 0) return;
  restore();
  followAddress();
  window.addEventListener("hashchange", followAddress);
  for (const branch of branches()) branch.addEventListener("toggle", remember);
};
