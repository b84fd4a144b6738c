/* Typing @ opens one list under the caret: the references of the post, those of the course, and what was typed, to
   be looked up and added. The text keeps the focus: arrows choose, Enter cites, Escape closes. Without this script
   people type [@key].

   The picker knows no text: a reader tells it what is before the caret, and cites. */
import { lineInTextarea } from "../lib/caret-line.js";
import { isCode } from "../lib/text-edits.js";
import { insertText } from "../lib/text-field.js";
import { announceList, isForText, keepFocusInText, LEAVING_KEYS, STEPS, startInTextarea } from "./caret-list.js";
import { citationInTextarea } from "./citation-card.js";
import { addAct, createCitationList, typeInAct } from "./citation-list.js";
import { citation, isReference, isSearch, matchReferences, startsWithKey, typedQuery } from "./citations.js";

const SEARCH_DELAY_MS = 250;

/* A reader has `element` with the focus, before() with the text up to the caret (null where nothing can be
   cited), bottomOf(typed) with the place under what is typed, in pixels of the frame, and hold(typed), which
   follows what is typed while others write and whose answer's cite(reference, isInSentence) puts a citation in
   its place. */
export const createCitationPicker = (form, finder) => {
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
  let task = null; // what the site is asked for, so that another key ends it
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
    task = null;
    status.textContent = "";
    reader?.element.removeAttribute("aria-activedescendant");
  };

  const open = () => {
    box.style.insetBlockStart = `${reader.bottomOf(`@${typed}`)}px`;
    box.hidden = false;
    box.scrollIntoView({ block: "nearest" });
  };

  /* Say something in the box, and to those who do not see it. */
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
    if (number === 1) say("", status.dataset.one);
    else if (number) say("", status.dataset.many.replace("%s", number));
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
    held.cite(reference, isInSentence);
    isCiting = false;
    close();
  };

  /* Run what asks the site while the list says so; a key that closes the list ends it. */
  const run = async (text, ask) => {
    const own = {};
    task = own;
    list.show([]);
    keysHelp.hidden = true;
    say(text);
    const answer = await ask();
    if (task !== own) return undefined;
    task = null;
    return answer;
  };

  const fail = (why) => {
    show([typeInAct(words.typeIn)]);
    say(why);
    list.select(0);
    open();
  };

  /* Somebody has left the text while the site added a reference, which is there all the same. */
  const tellUncited = (added) => {
    if (!added?.references) return undefined;
    uncited.textContent = uncited.dataset.uncited;
    return finder.refresh();
  };

  const addAndCite = async (item, held, isInSentence) => {
    const adding = finder.add(item.fields);
    const answer = await run(note.dataset.adding, () => adding);
    inCourse.clear();
    if (answer === undefined) {
      held.release();
      return tellUncited(await adding);
    }
    if (!answer?.references) {
      held.release();
      return fail(answer?.said ?? note.dataset.failed);
    }
    put(held, answer.references[0], isInSentence);
    return finder.refresh();
  };

  const lookUp = async (isInSentence) => {
    const text = typed;
    const held = reader.hold(`@${typed}`);
    const answer = await run(note.dataset.looking.replace("%s", text), () => finder.find(text));
    if (answer?.isCertain) return addAndCite(answer.items[0], held, isInSentence);
    held.release();
    if (answer === undefined) return undefined;
    if (!answer?.items.length) return fail(answer?.why || note.dataset.failed);
    const number = show([...answer.items.map((item, index) => ({ ...item, id: index })), typeInAct(words.typeIn)]);
    say("", number === 1 ? status.dataset.one : status.dataset.many.replace("%s", number));
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
    else if (item.fields) addAndCite(item, reader.hold(`@${typed}`), isInSentence);
    else put(reader.hold(`@${typed}`), item, isInSentence);
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
      if (isCiting || task) return;
      reader = of;
      const query = typedQuery(reader.before() ?? "");
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
        close();
      } else {
        if (LEAVING_KEYS.includes(event.key) || (event.key === "Enter" && !task)) close();
        return false;
      }
      return true;
    },
  };
};

/* Where the line of a place ends, from the top of what the textarea stands in. */
const bottomInTextarea = (field, index) => {
  const line = lineInTextarea(field, index).bottom - field.getBoundingClientRect().top;
  return field.offsetTop + Math.min(Math.max(line, 0), field.clientHeight);
};

const textareaReader = (field) => ({
  element: field,
  before() {
    const before = field.value.slice(0, field.selectionStart);
    const query = typedQuery(before);
    return field.selectionStart === field.selectionEnd && query && !isCode(field.value, query.index) ? before : null;
  },
  bottomOf: (typed) => bottomInTextarea(field, field.selectionStart - typed.length),
  hold(typed) {
    const index = field.selectionStart - typed.length;
    return {
      release() {},
      cite({ key }, isInSentence) {
        const isThere = field.value.startsWith(typed, index);
        const start = isThere ? index : field.value.indexOf(typed);
        if (start < 0) return;
        const end = start + typed.length;
        insertText(field, citation(field.value, start, end, key, isInSentence), start, end);
      },
    };
  },
});

/* Cite in the textarea. Returns the picker, which the visual editor uses too. */
export const startCitationPicker = (form, field, surfaces, { finder, card }) => {
  const picker = createCitationPicker(form, finder);
  startInTextarea(picker, field, surfaces, textareaReader(field));
  form.querySelector("[data-cite-open]").addEventListener("click", () => {
    const { current } = surfaces;
    current.focus();
    const inMarkdown = () => citationInTextarea(field, (index) => bottomInTextarea(field, index));
    const target = current.element === field ? inMarkdown() : current.citationTarget();
    if (target) return card.open(target);
    current.insert(/[\s([]|^$/.test(current.signBefore()) ? "@" : " @");
    return undefined;
  });
  return picker;
};
