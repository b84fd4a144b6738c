/* The editor of a comment comes when it is needed: most who read a thread write nothing. That is when its form is one
   window away, when something in it has the focus, or when it has words. Where its scripts are out of reach, the form
   works without them. */
const IN_A_WINDOW = { rootMargin: "100% 0px" };

export const startEditor = async (form) => {
  const module = await import("../editor/small.js").catch(() => null);
  module?.startSmallEditor(form);
};

export const startWhenNeeded = (form) => {
  const start = () => {
    watcher.disconnect();
    for (const name of ["focusin", "input"]) form.removeEventListener(name, start);
    startEditor(form);
  };
  const watcher = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) start();
  }, IN_A_WINDOW);
  if (form.elements.text.value.trim() || form.contains(document.activeElement)) start();
  else {
    for (const name of ["focusin", "input"]) form.addEventListener(name, start);
    watcher.observe(form);
  }
};
