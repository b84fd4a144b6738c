/* Typing @ opens one list under the caret: the references of the post, those of the course, and what was typed, to
   be looked up and added. The text keeps the focus: arrows choose, Enter cites, Escape closes. Without this script
   people type [@key].

   The picker knows no text: a reader tells it what is before the caret, and cites. */
import { countedIn } from "../lib/counts.js";
import { holdText } from "../lib/held-text.js";
import { isCode } from "../lib/text-edits.js";
import { editBeside } from "../lib/text-field.js";
import { announceList, isForText, keepFocusInText, LEAVING_KEYS, STEPS, startInTextarea } from "./caret-list.js";
import { bottomInTextarea } from "./citation-in-textarea.js";
import { addAct, createCitationList, typeInAct } from "./citation-list.js";
import { citation, isReference, isSearch, matchReferences, startsWithKey, typedQuery } from "./citations.js";

const SEARCH_DELAY_MS = 250;

/* A reader has `element` with the focus, before() with the text up to the caret (null where nothing can be
   cited), bottomOf(typed) with the place under what is typed, in pixels of the frame, and hold(typed), which
   follows what is typed while somebody writes on, until release() of its answer, whose cite(reference, isInSentence)
   puts a citation in its place and returns whether it could. */
const createCitationPicker = (form, finder) => {
  const box = form.querySelector("[data-cite-box]");
  const keysHelp = box.querySelector("[data-cite-keys]");
  const note = box.querySelector("[data-cite-note]");
  const status = form.querySelector("[data-cite-told]");
  const uncited = form.querySelector("[data-uncited]");
  const listbox = box.querySelector("[role=listbox]");
  const words = listbox.dataset;
  const inCourse = new Map(); // what the course has, by what was typed
  let reader = null;
  let typed = "";
  let closedAt = null; // what was typed when Escape closed the list
  let task = null; // what the site is asked for, { reader, text, isEscaped }, while no other list opens
  let isCiting = false;
  let searchTimer = null;
  const list = createCitationList(listbox, () => reader.element);

  const references = () =>
    [...form.querySelectorAll(".shelf [data-cite]")].map((button) => {
      const key = button.dataset.cite.slice(2, -1);
      const entry = button.closest("li").querySelector(".work").textContent.trim();
      return { id: `key ${key}`, key, entry, label: button.dataset.label };
    });

  const close = () => {
    clearTimeout(searchTimer);
    box.hidden = true;
    status.textContent = "";
    reader?.element.removeAttribute("aria-activedescendant");
  };

  const open = () => {
    box.style.insetBlockStart = `${reader.bottomOf(`@${typed}`)}px`;
    box.hidden = false;
    box.scrollIntoView({ block: "nearest" });
  };

  /* Show a message in the box, and announce it to screen readers. */
  const say = (text, told = text) => {
    uncited.textContent = "";
    note.textContent = text;
    note.hidden = !text;
    status.textContent = told;
  };

  const show = (items) => {
    list.show(items);
    const number = items.filter(({ act }) => !act).length;
    keysHelp.hidden = number === 0;
    if (!list.current && (number > 0 || isReference(typed)) && items.length) list.select(0);
    return number;
  };

  const courseItems = (own) => {
    const found = inCourse.get(typed) ?? [];
    return found.map((item) => ({ ...item, id: `work ${item.fields.work}` })).filter(({ id }) => !own.has(id));
  };

  const offer = () => {
    const own = matchReferences(
      references().map((item) => ({ ...item, label: `${item.entry} ${item.label}`, shown: item })),
      typed,
    ).map(({ shown }) => shown);
    const more = courseItems(new Set(own.map(({ id }) => id)));
    const acts = typed ? [addAct(words.add, typed)] : [];
    const number = show([...own, ...more, ...acts]);
    if (number) say("", countedIn(status, number));
    else say(typed ? "" : note.dataset.empty, typed ? status.dataset.none : note.dataset.empty);
    open();
  };

  const searchCourse = () => {
    clearTimeout(searchTimer);
    const text = typed;
    if (inCourse.has(text) || text.length === 1) return;
    searchTimer = setTimeout(async () => {
      const answer = await finder.find(text, { inCourse: true });
      if (answer) inCourse.set(text, answer.items);
      if (answer?.items.length && text === typed && !box.hidden && !task) offer();
    }, SEARCH_DELAY_MS);
  };

  const put = (held, reference, isInSentence) => {
    isCiting = true;
    const isCited = held.cite(reference, isInSentence);
    isCiting = false;
    held.release();
    return isCited;
  };

  const begin = () => {
    task = { reader, text: typed, isEscaped: false };
    return task;
  };
  const isShown = (own) => task === own && !box.hidden;
  /* Return whether the caret is where it was: an answer in the list would take the keys of somebody who writes on. */
  const isAwaited = (own) => isShown(own) && (own.reader.before() ?? "").endsWith(`@${own.text}`);
  const end = (own) => {
    if (isShown(own)) close();
    if (task === own) task = null;
  };

  /* Show in the list that the site is asked for something. Whoever writes on, or leaves, still gets it. */
  const showWaiting = (own, text) => {
    if (!isShown(own)) return;
    list.show([]);
    keysHelp.hidden = true;
    say(text);
  };

  /* Report below the text the result of a task when nobody waits for it. */
  const tell = (own, text) => {
    end(own);
    uncited.textContent = text;
  };

  const fail = (own, why) => {
    if (!isAwaited(own)) return tell(own, why);
    task = null;
    show([typeInAct(words.typeIn)]);
    say(why);
    list.select(0);
    return open();
  };

  const addAndCite = async (own, item, held, isInSentence) => {
    showWaiting(own, note.dataset.adding);
    const answer = await finder.add(item.fields);
    inCourse.clear();
    if (!answer?.references) {
      held.release();
      return fail(own, answer?.said ?? note.dataset.failed);
    }
    const isCited = !own.isEscaped && put(held, answer.references[0], isInSentence);
    held.release();
    if (isCited) end(own);
    else tell(own, uncited.dataset.uncited);
    return finder.refresh();
  };

  const lookUp = async (isInSentence) => {
    const own = begin();
    const held = reader.hold(`@${typed}`);
    showWaiting(own, note.dataset.looking.replace("%s", own.text));
    const answer = await finder.find(own.text);
    if (answer?.isCertain && !own.isEscaped) return addAndCite(own, answer.items[0], held, isInSentence);
    held.release();
    if (own.isEscaped) return end(own);
    if (!answer?.items.length) return fail(own, answer?.why || note.dataset.failed);
    if (!isAwaited(own)) return tell(own, uncited.dataset.unclear.replace("%s", own.text));
    task = null;
    const number = show([...answer.items.map((item, index) => ({ ...item, id: index })), typeInAct(words.typeIn)]);
    say("", countedIn(status, number));
    return open();
  };

  const typeIn = () => {
    form.elements.find.value = typed;
    close();
    form.querySelector("[data-find] [name=type_in]").click();
  };

  const choose = ({ item, isInSentence }) => {
    if (item.act === "add") lookUp(isInSentence);
    else if (item.act) typeIn();
    else if (item.fields) addAndCite(begin(), item, reader.hold(`@${typed}`), isInSentence);
    else {
      put(reader.hold(`@${typed}`), item, isInSentence);
      close();
    }
  };

  keepFocusInText(box);
  box.addEventListener("click", (event) => {
    const chosen = list.chosen(event.target);
    if (chosen) choose({ ...chosen, isInSentence: chosen.isInSentence || event.shiftKey });
  });

  return {
    close,
    isOpen: () => !box.hidden,
    attach: (element) => announceList(element, listbox),

    /* Open, narrow or close the list after the text has changed. */
    update(of) {
      const query = typedQuery(of.before() ?? "");
      if (isCiting || (task && (!box.hidden || query?.typed.startsWith(task.text)))) return;
      task = null; // which goes on, and is told of below the text
      reader = of;
      const isClosed = closedAt !== null && query?.typed.startsWith(closedAt) && query.typed !== closedAt;
      if (!isClosed) closedAt = null;
      if (!query || isClosed || startsWithKey(references(), query.typed) || !isSearch(query.typed)) {
        close();
        return;
      }
      typed = query.typed;
      offer();
      searchCourse();
    },

    /* Take a key that is meant for the list; return whether it was. */
    take(event) {
      if (box.hidden || isForText(event)) return false;
      const step = STEPS[event.key];
      if (step && !list.isEmpty) list.move(step);
      else if (event.key === "Enter" && list.current) choose({ item: list.current, isInSentence: event.shiftKey });
      else if (event.key === "Escape") {
        closedAt = typed;
        if (task) task.isEscaped = true;
        close();
      } else {
        if (LEAVING_KEYS.includes(event.key) || (event.key === "Enter" && !task)) close();
        return false;
      }
      return true;
    },
  };
};

const textareaReader = (field, surfaces) => ({
  element: field,
  before() {
    const before = field.value.slice(0, field.selectionStart);
    const query = typedQuery(before);
    return field.selectionStart === field.selectionEnd && query && !isCode(field.value, query.index) ? before : null;
  },
  bottomOf: (typed) => bottomInTextarea(field, field.selectionStart - typed.length),
  hold(typed) {
    const held = holdText(field, field.selectionStart - typed.length, field.selectionStart);
    return {
      release: held.release,
      cite({ key }, isInSentence) {
        if (surfaces.current.element !== field || !held.isIntact()) return false;
        const { from, to } = held.range;
        editBeside(field, { from, to, text: citation(field.value, from, to, key, isInSentence) });
        return true;
      },
    };
  },
});

/* Cite in the textarea. Returns the picker, which the visual editor uses too. */
export const startCitationPicker = (form, field, surfaces, { finder, card }) => {
  const picker = createCitationPicker(form, finder);
  startInTextarea(picker, field, surfaces, textareaReader(field, surfaces));
  form.querySelector("[data-cite-open]").addEventListener("click", () => {
    const { current } = surfaces;
    current.focus();
    const target = current.citationTarget();
    if (target) card.open(target);
    else current.insertWords(/[\s([]|^$/.test(current.signBefore()) ? "@" : " @");
  });
  return picker;
};
