/* Parts that cover the text: the bar and its alerts at the top, the foot of a narrow screen, a soft keyboard. They are
   measured for the stylesheet, and the line that is written stays between them.

   Browsers shrink the visual viewport for a soft keyboard and leave the page as it is. Tried with a stubbed
   viewport, not on a device. */
const CLEARANCE_PX = 8;

export const startViewport = (form, field, surfaces) => {
  const bar = form.querySelector("[data-bar]");
  if (!bar) return;
  const row = bar.querySelector("[data-bar-row]");
  const alerts = bar.querySelector("[data-bar-alerts]");
  const toolbar = form.querySelector("[role=toolbar]");
  const root = document.documentElement;
  const viewport = window.visualViewport;
  let covered = { top: 0, bottom: 0 };

  /* A page that is zoomed in shows a part of itself; nothing covers the rest. */
  const keyboardHeight = () => {
    if (!viewport || viewport.scale > 1) return 0;
    return Math.max(0, Math.round(innerHeight - viewport.height - viewport.offsetTop));
  };

  const measure = () => {
    const isFoot = getComputedStyle(row).position === "fixed";
    const top = isFoot ? alerts.offsetHeight : row.offsetHeight + alerts.offsetHeight;
    const foot = isFoot ? row.offsetHeight : 0;
    const keyboard = keyboardHeight();
    covered = { top: top + toolbar.offsetHeight, bottom: foot + keyboard };
    const sizes = { "--write-top": top, "--foot": foot, "--keyboard": keyboard };
    Object.assign(sizes, { "--covered-top": covered.top, "--covered-end": covered.bottom });
    for (const [name, size] of Object.entries(sizes)) root.style.setProperty(name, `${size}px`);
  };

  const keepLineInView = () => {
    const { current } = surfaces;
    if (document.activeElement !== current.element) return;
    const line = current.lineOfCaret();
    const first = covered.top + CLEARANCE_PX;
    const last = innerHeight - covered.bottom - CLEARANCE_PX;
    if (line.bottom > last) scrollBy(0, line.bottom - last);
    else if (line.top < first) scrollBy(0, line.top - first);
  };

  /* What covers the text has changed, as when a banner comes, which pushes the text as well. Whoever reads elsewhere
     than they write stays there. */
  const makeRoom = () => {
    const { current } = surfaces;
    const before = covered.top;
    measure();
    if (document.activeElement !== current.element) return;
    const line = current.lineOfCaret();
    const pushed = Math.abs(covered.top - before);
    if (line.bottom > -pushed && line.top < innerHeight + pushed) keepLineInView();
  };

  const observer = new ResizeObserver(makeRoom);
  for (const part of [row, alerts, toolbar]) observer.observe(part);
  viewport?.addEventListener("resize", () => {
    measure();
    keepLineInView();
  });
  viewport?.addEventListener("scroll", measure);
  // The browser itself scrolls for a textarea; the visual editor does not know of the foot.
  field.addEventListener("input", () => {
    if (covered.bottom && surfaces.current.element !== field) requestAnimationFrame(keepLineInView);
  });
  measure();
};
