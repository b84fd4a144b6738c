/* Goes with somebody who presses Tab from the top of a page: tests/browser/test_keyboard.py asks. */
window.walk = (() => {
  const STOPS =
    "a[href], area[href], button, input, select, textarea, summary, audio[controls], video[controls], " +
    "[tabindex], [contenteditable=true]";
  const nameOf = (element) => {
    const words = element.getAttribute("aria-label") || element.textContent.trim() || element.name || element.id;
    return `${element.localName} “${words.replace(/\s+/g, " ").slice(0, 40)}”`;
  };
  const isSeen = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
  };
  const isInGroup = (one, all) => {
    if (one.type !== "radio" || !one.name) return false;
    const group = all.filter((other) => other.type === "radio" && other.name === one.name && other.form === one.form);
    return one !== (group.find((other) => other.checked) ?? group[0]);
  };
  // Of a group of choices one is a stop, and the arrow keys lead on.
  const expected = () => {
    const all = [...document.body.querySelectorAll(STOPS)].filter(
      (one) => one.tabIndex >= 0 && !one.matches(":disabled, [type=hidden]") && isSeen(one),
    );
    return all.filter((one) => !isInGroup(one, all));
  };

  const hasRing = (element) => {
    if (element.type?.startsWith("date")) return true; // the browser rings the part that has it
    for (let holder = element; holder && holder !== document.body; holder = holder.parentElement) {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(holder);
      if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && outlineColor !== "rgba(0, 0, 0, 0)") return true;
    }
    return false;
  };
  const isCovered = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const middle = [(left + right) / 2, (top + bottom) / 2];
    const points = [middle, [left + 2, top + 2], [right - 2, bottom - 2]];
    return points.every(([x, y]) => {
      const there = document.elementFromPoint(x, y);
      return there && !element.contains(there) && !there.contains(element) && !there.closest("label, .frame");
    });
  };
  const isOutside = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth;
  };

  let stops = [];
  let first = [];
  let wrong = [];
  const see = ({ target }) => {
    stops.push(target);
    const faults = [
      [!hasRing(target), "has no ring"],
      [isOutside(target), "is out of view"],
      [!isOutside(target) && isCovered(target), "is covered"],
    ];
    for (const [is, words] of faults) if (is) wrong.push(`${words}: ${nameOf(target)}`);
  };

  // Some pages begin in a field.
  const startAtTop = () => {
    document.body.tabIndex = -1;
    document.body.focus({ preventScroll: true });
    document.body.removeAttribute("tabindex");
  };
  const begin = () => {
    stops = [];
    wrong = [];
    first = expected();
    startAtTop();
    document.addEventListener("focusin", see);
    return first.length;
  };
  // Once round: the first stop is there again, or nothing is left.
  const isRound = () => stops.length > 1 && stops.indexOf(stops[0], 1) > 0;
  const found = () => {
    document.removeEventListener("focusin", see);
    const end = isRound() ? stops.indexOf(stops[0], 1) : stops.length;
    const order = new Map(stops.slice(0, end).map((stop, place) => [stop, place]));
    let last = -1;
    for (const one of first) {
      if (!one.isConnected || !isSeen(one)) continue; // what a stop before it has put away
      const place = order.get(one);
      if (place === undefined) wrong.push(`is no stop: ${nameOf(one)}`);
      else if (place < last) wrong.push(`comes too early: ${nameOf(one)}`);
      else last = place;
    }
    return [...new Set(wrong)];
  };

  const faults = () => {
    const late = [...document.body.querySelectorAll("[tabindex]")].filter((one) => one.tabIndex > 0);
    const clicked = [...document.body.querySelectorAll("*")].filter(
      (one) =>
        isSeen(one) && getComputedStyle(one).cursor === "pointer" && !one.closest(`${STOPS}, label, [role=option]`),
    );
    return [
      ...late.map((one) => `has a place of its own in the order: ${nameOf(one)}`),
      ...clicked.map((one) => `can be clicked alone: ${nameOf(one)}`),
    ];
  };

  return { begin, isRound, found, faults };
})();
