/* The criteria of a rubric: their lines say what is chosen, and a choice opens the next one.
   Without this script the same lines open, and the form sends the same radios. */
import { shownNumber } from "../lib/counts.js";

const chosenIn = (criterion) => criterion.querySelector("input:checked");

/* The chosen level; and those of others, if they chose another level. */
const differing = (criterion, radio, { other, mine }) => {
  const own = radio.dataset.words;
  const others = [...criterion.querySelectorAll("[data-by]")].filter((by) => !by.closest("label").contains(radio));
  if (!others.length) return own;
  const theirs = others.map((by) => {
    const level = by.closest("label").querySelector("input").dataset.words;
    return other.replace("%1", by.dataset.by).replace("%2", level);
  });
  const list = new Intl.ListFormat(document.documentElement.lang, { style: "short", type: "unit" });
  return list.format([...theirs, mine.replace("%s", own)]);
};

const showChoice = (criterion) => {
  const radio = chosenIn(criterion);
  const words = criterion.querySelector("[data-chosen]");
  words.textContent = radio ? differing(criterion, radio, words.dataset) : words.dataset.toChoose;
  words.classList.toggle("is-open", !radio);
  criterion.querySelector("[data-points]").textContent = radio ? radio.dataset.shown : "–";
};

/* Show the points of all levels, and how many criteria have none: once, in the one output, and again in the foot. */
const showSum = (form, criteria) => {
  const output = form.querySelector("#sum");
  if (!criteria.length) return;
  const { of, labels, none } = output.dataset;
  const chosen = criteria.map(chosenIn).filter(Boolean);
  const hundredths = chosen.reduce((sum, radio) => sum + Math.round(radio.dataset.weighs * 100), 0);
  const other = form.elements.override_points.value;
  const isGraded = ["", "graded"].includes(form.elements.status.value);
  const points = other || shownNumber(hundredths / 100);
  const sum = isGraded && (other || chosen.length) ? of.replace("%s", points) : none;
  output.querySelector("[data-sum]").textContent = sum;
  output.querySelector("[data-progress]").textContent = labels.split("|")[criteria.length - chosen.length];
  for (const again of document.querySelectorAll("[data-sum-again]")) again.textContent = sum;
};

/* Levels are a grade without a post, unless something else is recorded. */
const recordGrade = (form) => {
  const { status } = form.elements;
  if (status.value === "") status.value = "graded";
};

export const startCriteria = (form, { onLast }) => {
  const criteria = [...form.querySelectorAll("[data-criterion]")];
  const openAll = form.querySelector("[data-open-all]");
  let isByPointer = false;

  const show = () => {
    criteria.forEach(showChoice);
    showSum(form, criteria);
  };
  const open = (criterion) => {
    criterion.open = true;
    criterion.querySelector("summary").focus();
  };
  const firstOpen = () => criteria.find((criterion) => !chosenIn(criterion));
  const current = () =>
    criteria.find((criterion) => criterion.contains(document.activeElement)) ??
    criteria.find((criterion) => criterion.open && !chosenIn(criterion)) ??
    criteria.find((criterion) => criterion.open);
  /* The next one without a level; whoever changes a level goes on in the order of the page. */
  const goOn = (from, wasChosen) => {
    const later = criteria.slice(criteria.indexOf(from) + 1);
    const next = later.find((criterion) => !chosenIn(criterion)) ?? firstOpen() ?? (wasChosen ? later[0] : undefined);
    if (next) open(next);
    return Boolean(next);
  };
  const choose = (digit) => {
    const criterion = current();
    const radio = criterion?.querySelector(`input[value="${CSS.escape(digit)}"]`);
    if (!radio) return false;
    const wasChosen = chosenIn(criterion) !== null;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    if (!goOn(criterion, wasChosen)) {
      criterion.open = false; // so that one more digit changes nothing
      onLast();
    }
    return true;
  };

  form.addEventListener("pointerdown", () => {
    isByPointer = true;
  });
  form.addEventListener("keydown", () => {
    isByPointer = false;
  });
  form.addEventListener("change", ({ target }) => {
    const criterion = target.closest?.("[data-criterion]");
    if (criterion) recordGrade(form);
    show();
    if (criterion && isByPointer) goOn(criterion, false);
  });
  form.addEventListener("input", show);

  openAll.hidden = criteria.length < 2;
  openAll.addEventListener("click", () => {
    const isClosing = criteria.every((criterion) => criterion.open);
    for (const criterion of criteria) {
      if (isClosing) criterion.setAttribute("name", "criteria");
      else criterion.removeAttribute("name");
      criterion.open = !isClosing;
    }
    [openAll.textContent, openAll.dataset.other] = [openAll.dataset.other, openAll.textContent];
  });
  show();
  return {
    choose,
    firstOpen,
    open,
    show,
    focus: () => open(current() ?? firstOpen() ?? criteria[0]),
    isEmpty: !criteria.length,
  };
};
