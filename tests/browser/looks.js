/* What a page looks like to somebody with colours or motion of their own: tests/browser/test_looks.py asks.
   Each function returns what it finds wrong, in words. */
window.looks = (() => {
  const CONTROLS =
    "button, .btn, .tool, select, textarea, summary, [role=button], [role=option], [contenteditable=true], " +
    "input:not([type=hidden], [type=range], [type=file], [type=color])";
  const SIDES = ["block-start", "block-end", "inline-start", "inline-end"];
  // What tells one state from the other: all but the ground, which forced colours take away.
  const TOLD = [
    ...SIDES.flatMap((side) => ["style", "width", "color"].map((part) => `border-${side}-${part}`)),
    ...["outline-style", "outline-width", "outline-color", "text-decoration-line", "text-decoration-color"],
    ...["font-weight", "font-style", "color", "display", "visibility", "rotate", "content"],
    ...["fill", "stroke", "stroke-width", "stroke-dasharray"],
  ];

  const nameOf = (element) => {
    const words = element.getAttribute("aria-label") || element.textContent || element.name || "";
    const name = element.getAttribute("class");
    return `${element.localName}${name ? `.${name}` : ""} “${words.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  };
  const isSeen = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return (
      width > 1 &&
      height > 1 &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true }) &&
      !element.closest(".visually-hidden, .skip, datalist, template")
    );
  };
  const isClear = (colour) => colour === "transparent" || /^rgba\(.*, 0\)$/.test(colour);
  const groundOf = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const ground = getComputedStyle(one).backgroundColor;
      if (!isClear(ground)) return ground;
    }
    return systemColour("Canvas");
  };
  const systemColour = (name) => {
    const probe = document.createElement("i");
    document.body.append(probe);
    probe.style.setProperty("color", name); // by a script: the policy is about the page's own
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  const isLine = (style, name, ground) =>
    !["none", "hidden"].includes(style[`${name}-style`]) &&
    parseFloat(style[`${name}-width`]) >= 1 &&
    !isClear(style[`${name}-color`]) &&
    style[`${name}-color`] !== ground;
  const hasEdge = (element) => {
    const style = getComputedStyle(element);
    const around = groundOf(element.parentElement);
    return (
      SIDES.some((side) => isLine(style, `border-${side}`, around)) ||
      (!element.matches(":focus") && isLine(style, "outline", around)) ||
      (!isClear(style.backgroundColor) && style.backgroundColor !== around)
    );
  };
  const isUnderlined = (element) =>
    [element, ...element.querySelectorAll("*")].some((one) => {
      const style = getComputedStyle(one);
      return (
        style.textDecorationLine.includes("underline") &&
        !isClear(style.textDecorationColor) &&
        style.textDecorationColor !== groundOf(one)
      );
    });
  const hasDrawing = (element) =>
    [...element.querySelectorAll("svg")].some((svg) => isSeen(svg)) ||
    getComputedStyle(element).display === "list-item";
  const isNative = (element) =>
    element.matches("[type=checkbox], [type=radio]") && getComputedStyle(element).appearance !== "none";

  const all = (selector) => [...document.body.querySelectorAll(selector)].filter(isSeen);
  const wrong = (elements, isRight, words) =>
    elements.filter((element) => !isRight(element)).map((element) => `${words}: ${nameOf(element)}`);

  const controls = () =>
    wrong(
      // A list of options has a frame, and so has a menu; what is current already is no way to go.
      all(CONTROLS).filter((one) => !one.matches("[role=option], .menu-sheet *, [popover] li *, [aria-current]")),
      (control) =>
        isNative(control) ||
        hasEdge(control) ||
        isUnderlined(control) ||
        hasDrawing(control) ||
        (control.matches("input, textarea, [contenteditable]") && hasFrame(control)),
      "has no edge",
    );
  const hasFrame = (element) => {
    const frame = element.closest(".frame");
    return Boolean(frame && hasEdge(frame));
  };

  const told = (element) => {
    const whole = element.matches("tr [aria-current]") ? element.closest("tr") : (element.closest(".frame") ?? element);
    const parts = whole === element.closest(".frame") ? [whole, element] : [whole, ...whole.querySelectorAll("*")];
    return parts
      .flatMap((one) => [undefined, "::before", "::after"].map((pseudo) => getComputedStyle(one, pseudo)))
      .map((style) => TOLD.map((name) => style.getPropertyValue(name)).join())
      .join("\n");
  };
  const differs = (element, set, is) => {
    const before = told(element);
    set(!is);
    const after = told(element);
    set(is);
    return before !== after;
  };
  const states = () => {
    const found = [];
    const ask = (element, words, set, is) => {
      if (!differs(element, set, is)) found.push(`${words} is not told: ${nameOf(element)}`);
    };
    for (const element of all("[aria-pressed], [aria-selected]")) {
      const name = element.hasAttribute("aria-pressed") ? "aria-pressed" : "aria-selected";
      const set = (is) => element.setAttribute(name, is);
      ask(element, name, set, element.getAttribute(name) === "true");
    }
    for (const element of all("[aria-current]:not([aria-current=false])")) {
      const value = element.getAttribute("aria-current");
      const set = (is) => (is ? element.setAttribute("aria-current", value) : element.removeAttribute("aria-current"));
      ask(element, "what is current", set, true);
    }
    for (const input of document.body.querySelectorAll("[type=radio], [type=checkbox]")) {
      const holder = input.closest("label, .level-row") ?? input.parentElement;
      if (!isSeen(holder) || (isNative(input) && isSeen(input))) continue;
      const before = input.form ? [...input.form.querySelectorAll(":checked")] : [];
      const is = input.checked;
      const set = (to) => {
        input.checked = to;
        if (to === is) for (const one of before) one.checked = true;
      };
      ask(holder, "what is chosen", set, is);
    }
    for (const field of all(".form-control:not(.is-invalid), .form-select:not(.is-invalid)")) {
      const set = (is) => {
        field.classList.toggle("is-invalid", is);
        field.setAttribute("aria-invalid", is);
      };
      ask(field, "a mistake", set, false);
    }
    return found;
  };

  const hasOwnText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const texts = () => {
    const canvas = systemColour("Canvas");
    return wrong(
      all("*").filter((element) => hasOwnText(element) && !(element instanceof SVGElement)),
      (element) => {
        const { color, forcedColorAdjust } = getComputedStyle(element);
        // Behind words that are not left alone the browser draws the ground of the page.
        const isDrawnOver = forcedColorAdjust !== "none" && color === canvas;
        return !isClear(color) && color !== groundOf(element) && !isDrawnOver;
      },
      "text is lost",
    );
  };

  const SYSTEM = [
    ...["Canvas", "CanvasText", "LinkText", "VisitedText", "GrayText", "Highlight", "HighlightText", "Mark"],
    ...["MarkText", "ButtonFace", "ButtonText", "ButtonBorder", "Field", "FieldText", "AccentColor", "ActiveText"],
  ];
  const drawings = () => {
    const canvas = systemColour("Canvas");
    const system = new Set(SYSTEM.map(systemColour));
    const found = [];
    for (const shape of all("svg :is(path, circle, line, rect, polyline, polygon, ellipse, text, tspan)")) {
      if (shape.closest(".qr-code, defs, pattern")) continue;
      const { fill, stroke, color } = getComputedStyle(shape);
      const painted = [fill, stroke].filter((paint) => paint !== "none" && !isClear(paint) && !paint.startsWith("url"));
      const foreign = painted.filter((paint) => !system.has(paint) && paint !== color);
      if (foreign.length) found.push(`drawn in ${foreign} of its own: ${nameOf(shape)}`);
      if (painted.length && painted.every((paint) => paint === canvas) && !shape.matches("text, tspan")) {
        if (groundOf(shape.closest("svg")) === canvas) found.push(`drawn in no colour: ${nameOf(shape)}`);
      }
    }
    return found;
  };

  // The browser's own calendar button in a date is a stop of its own, and it rings that.
  const FOCUSABLE =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], [contenteditable=true]";
  const rings = () => {
    const held = document.activeElement;
    const found = [];
    for (const one of all(FOCUSABLE)) {
      if (one.disabled || one.type?.startsWith("date")) continue;
      one.focus({ preventScroll: true });
      if (document.activeElement !== one) continue; // a script led on
      let holder = one;
      const isRinged = (element) => {
        const style = getComputedStyle(element);
        return parseFloat(style.outlineWidth) >= 2 && isLine(style, "outline", groundOf(element.parentElement));
      };
      while (holder !== document.body && !isRinged(holder)) holder = holder.parentElement;
      if (holder === document.body) found.push(`has no ring: ${nameOf(one)}`);
    }
    held.focus?.({ preventScroll: true });
    return found;
  };

  const LONGEST = 0.01; // seconds
  const secondsOf = (times) =>
    Math.max(...times.split(",").map((time) => parseFloat(time) * (/ms$/.test(time) ? 1e-3 : 1)));
  const motion = () => {
    const found = [];
    for (const element of [document.documentElement, ...document.body.querySelectorAll("*")]) {
      for (const pseudo of [undefined, "::before", "::after"]) {
        const style = getComputedStyle(element, pseudo);
        const isStill = style.animationName === "none" || style.animationTimingFunction.startsWith("steps(1");
        if (!isStill && secondsOf(style.animationDuration) > LONGEST) found.push(`moves: ${nameOf(element)}`);
        if (secondsOf(style.transitionDuration) > LONGEST) found.push(`goes over slowly: ${nameOf(element)}`);
        if (style.scrollBehavior === "smooth") found.push(`scrolls slowly: ${nameOf(element)}`);
      }
    }
    return found;
  };

  return { controls, states, texts, drawings, rings, motion };
})();
