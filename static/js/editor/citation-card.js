/* The card of a citation: its page, words before it, its other form, the work it is cited in, and the way to
   remove it. It floats under the line and moves no text; closing it gives the focus back. Whatever leaves it, for
   another field or for the site, closes it: nothing that was typed stays behind in it.

   A target is what the card is about: { element, source, bottom(), change(source), finish(), remove(), focus() }.
   `change` shows a new source at once where it can; `finish` leaves all changes as one step of undo. */
import { shownForms } from "../lib/citation-forms.js";
import { parseCitation, shownLocator, writeCitation, writtenLocator } from "./citation-source.js";

const option = (value, text) => {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = text;
  return made;
};

export const createCitationCard = (form) => {
  const card = form.querySelector("[data-cite-card]");
  const part = (name) => card.querySelector(`[data-card-${name}]`);
  const [entry, item, locator, prefix, via, other, remove, close, markdown] = [
    ...["entry", "item", "locator", "prefix", "via", "other", "remove", "close", "markdown"],
  ].map(part);
  let target = null;
  let cited = null; // what the source says, or null for a source that only Markdown can say

  const references = () =>
    new Map(
      [...form.querySelectorAll(".shelf [data-cite]")].map((button) => [
        button.dataset.cite.slice(2, -1),
        { label: button.dataset.label, entry: button.closest("li").querySelector(".work").textContent.trim() },
      ]),
    );
  const current = () => cited.items[Number(item.value) || 0];
  const labelOf = (key) => references().get(key)?.label ?? `@${key}`;
  const toggle = (element, isShown) => {
    element.closest("label, p, button").hidden = !isShown;
  };

  const show = () => {
    const { key } = cited?.items.length ? current() : {};
    entry.textContent = key ? (references().get(key)?.entry ?? `@${key}`) : target.source;
    for (const element of [locator, via]) toggle(element, cited);
    toggle(prefix, cited && !cited.isNarrative);
    toggle(item, cited?.items.length > 1);
    toggle(other, cited?.items.length === 1);
    toggle(markdown, !cited);
    if (!cited) {
      markdown.value = target.source;
      return;
    }
    locator.value = shownLocator(current().locator);
    prefix.value = current().prefix;
    via.replaceChildren(option("", card.dataset.noVia));
    for (const [other_, { label }] of references()) if (other_ !== key) via.append(option(other_, label));
    if (current().via && !references().has(current().via)) via.append(option(current().via, `@${current().via}`));
    via.value = current().via;
    const { bracketed, narrative } = shownForms(labelOf(key));
    other.textContent = cited.isNarrative ? bracketed : narrative;
  };

  const change = () => {
    const source = cited ? writeCitation(cited) : markdown.value.trim();
    if (!cited && !/^\[[^[\]\n]*@[^[\]\n]*\]$/.test(source)) return;
    target.change(source, cited?.items.length === 1 ? labelOf(cited.items[0].key) : source);
  };

  const finish = ({ giveBack = true } = {}) => {
    if (!target) return;
    const of = target;
    target = null;
    card.hidden = true;
    of.finish();
    if (giveBack) of.focus();
  };

  const removeItem = () => {
    if (cited?.items.length > 1) {
      cited.items.splice(Number(item.value) || 0, 1);
      change();
      finish();
      return;
    }
    const of = target;
    target = null;
    card.hidden = true;
    of.remove();
    of.focus();
  };

  card.addEventListener("input", ({ target: field }) => {
    if (field === locator) current().locator = writtenLocator(field.value);
    else if (field === prefix) current().prefix = field.value.replace(/[[\];@]/g, "").trim();
    else if (field === via) current().via = field.value;
    else if (field === item) return show();
    return change();
  });
  card.addEventListener("click", ({ target: clicked }) => {
    const button = clicked.closest("button");
    if (button === remove) removeItem();
    else if (button === close) finish();
    else if (button === other) {
      cited.isNarrative = !cited.isNarrative;
      change();
      finish();
    }
  });
  card.addEventListener("keydown", (event) => {
    const isDone = event.key === "Escape" || (event.key === "Enter" && event.target.matches("input"));
    if (!isDone || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    finish();
  });
  for (const name of ["mousedown", "focusin"]) {
    document.addEventListener(name, (event) => {
      if (target && !card.contains(event.target)) finish({ giveBack: false });
    });
  }
  addEventListener("submit", (event) => event.target === form && finish(), true);
  addEventListener("pagehide", () => finish({ giveBack: false }), true);

  return {
    isOpen: () => target !== null,
    open(of) {
      finish({ giveBack: false });
      target = of;
      cited = parseCitation(of.source);
      item.replaceChildren(...(cited?.items ?? []).map(({ key }, number) => option(number, labelOf(key))));
      show();
      card.style.insetBlockStart = `${of.bottom()}px`;
      card.hidden = false;
      card.scrollIntoView({ block: "nearest" });
      (cited ? locator : markdown).focus();
      (cited ? locator : markdown).select();
    },
  };
};
