/* Forms that save themselves: <form data-autosave="address" data-place="post 12">.

   What is typed goes to the site shortly after, and until it is there a copy stays in this browser.
   Without this script the same forms are sent by their buttons. */
globalThis.autosave = (() => {
  const { saver, copies, recover, delivery } = globalThis;
  const NAMES = ["title", "text", "audience", "retreats_on"];
  const attached = new Map();
  const SENT = "words sent";

  const fieldsOf = (form) => NAMES.map((name) => form.elements[name]).filter(Boolean);
  const wordsOf = (form) => Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  const asServed = (form) => JSON.stringify(Object.fromEntries(fieldsOf(form).map((field) => [
    field.name,
    field.options ? ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value : field.defaultValue,
  ])));
  /* The state in words. Routine is only shown; what fails, and that it works again, is said. */
  const speaker = (form) => {
    const place = form.querySelector("[data-state]");
    const told = form.querySelector("[data-told]");
    let failed = false;
    const say = (words, isBad) => {
      form.querySelector("[data-first-state]")?.remove();
      place.hidden = false;
      place.querySelector("[data-words]").textContent = words;
      place.querySelector("[data-ok]").hidden = isBad !== false;
      place.querySelector("[data-not]").hidden = isBad !== true;
      form.querySelector("[data-sign-in]").hidden = true;
      if (isBad === undefined || isBad === failed) return;
      failed = isBad;
      told.textContent = words;
    };
    return {
      routine: (name) => { if (!failed) say(place.dataset[name]); },
      kept: (words) => say(words, false),
      failed(answer, isCopied) {
        const reason = place.dataset[answer.why].replace("%s", answer.said);
        say((isCopied ? place.dataset.kept : place.dataset.open).replace("%s", reason), true);
        form.querySelector("[data-sign-in]").hidden = answer.why !== "signed_out";
      },
    };
  };

  const attach = (form) => {
    if (attached.has(form)) return;
    const page = form.elements.tab.value;
    const writer = form.elements.writer.value;
    const speak = speaker(form);
    const around = form.parentElement;
    let isCopied = true;
    let copying = null;

    const read = () => JSON.stringify(wordsOf(form));
    const own = () => copies.key(writer, form.dataset.place, page);
    const copy = async () => {
      copying = null;
      isCopied = await copies.put(writer, form.dataset.place, page, wordsOf(form));
    };

    /* A new post has an address from its first save on; so has a text that stands beside another. */
    const move = (told) => {
      if (told.place && told.place !== form.dataset.place) {
        copies.drop(own());
        form.dataset.place = told.place;
      }
      if (!told.save || form.dataset.autosave === told.save) return;
      form.dataset.autosave = told.save;
      form.setAttribute("action", told.address);
      history.replaceState(null, "", told.address);
    };
    const warn = (html) => {
      const place = form.querySelector("[data-conflict]") ?? around.querySelector("[data-conflict]");
      if (!html || place.dataset.shown === html) return;
      place.dataset.shown = html;
      place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    };
    const show = (answer, { isDirty, saved }) => {
      if (answer.saving) return speak.routine("saving");
      if (!answer.kept) return speak.failed(answer, isCopied);
      move(answer);
      warn(answer.conflict);
      form.elements.version.value = engine.version;
      for (const [name, value] of Object.entries(JSON.parse(saved))) {
        if (!form.elements[name].options) form.elements[name].defaultValue = value;
      }
      if (isDirty) copy();
      else {
        clearTimeout(copying);
        copying = null;
        copies.drop(own());
      }
      return speak.kept(answer.said);
    };

    const engine = saver({
      read,
      send: delivery.sender(form),
      show,
      clock: { setTimeout: (...all) => setTimeout(...all), clearTimeout: (one) => clearTimeout(one), now: () => Date.now() },
      saved: "unsaved" in form.dataset ? "" : asServed(form),
      version: form.elements.version.value,
      seq: Number(form.elements.seq.dataset.seq),
    });

    const typed = (event) => {
      if (event && !NAMES.includes(event.target.name)) return;
      if (!engine.isDirty()) return;
      copying ??= setTimeout(copy, 200);
      engine.typed();
      speak.routine("typing");
    };
    const leave = () => {
      if (!engine.isDirty()) return;
      clearTimeout(copying);
      copy();
      engine.save(true);
    };
    const retry = async () => {
      if (!engine.isDirty() || engine.underway()) return;
      try {
        const state = await delivery.whoIsThere(form);
        if (state === "here") engine.save();
      } catch { /* still out of reach: the engine tries again by itself */ }
    };

    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    form.addEventListener("focusout", (event) => {
      if (NAMES.includes(event.target.name) && engine.isDirty()) engine.save();
    });
    attached.set(form, { engine, leave, retry, own, copied: () => isCopied });
    recover(form, { read, typed, writer, page, own: own() });
    if (engine.isDirty()) typed();
  };

  const detach = (form) => {
    attached.get(form)?.engine.save();
    attached.delete(form);
  };

  /* A form that is sent carries its words itself. A save under way comes first, else the site
     could take it for a second text; but nobody waits longer than three seconds for it. */
  const waiting = new Set();
  const send = (event) => {
    const form = event.target;
    const one = attached.get(form);
    if (!one || event.defaultPrevented) return;
    const underway = one.engine.underway();
    if (underway && one.engine.isOn()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (waiting.has(form)) return;
      waiting.add(form);
      const patience = new Promise((done) => { setTimeout(done, 3000); });
      Promise.race([underway, patience]).then(() => {
        one.engine.stop();
        form.requestSubmit(event.submitter);
      });
      return;
    }
    waiting.delete(form);
    one.engine.stop();
    form.elements.seq.value = one.engine.next();
    try { sessionStorage.setItem(SENT, one.own()); } catch { /* private windows may refuse */ }
  };

  /* What was sent has arrived if the next page says so, or shows the very words. */
  const forgetWhatArrived = async () => {
    let key = null;
    try {
      key = sessionStorage.getItem(SENT);
      sessionStorage.removeItem(SENT);
    } catch { return; }
    const copy = key && await copies.get(key);
    if (!copy) return;
    const isThere = [...document.querySelectorAll("form[data-autosave]:not([data-unsaved])")].some((form) => {
      const served = JSON.parse(asServed(form));
      return Object.entries(copy.fields).every(([name, value]) => served[name] === value);
    });
    if (isThere || document.querySelector(".messages .alert-success")) await copies.drop(key);
  };

  const all = (deed) => () => { for (const one of attached.values()) one[deed](); };

  forgetWhatArrived().then(() => document.querySelectorAll("form[data-autosave]").forEach(attach));
  addEventListener("submit", send, true);
  addEventListener("pagehide", all("leave"));
  document.addEventListener("visibilitychange", () => (document.hidden ? all("leave") : all("retry"))());
  addEventListener("online", all("retry"));
  addEventListener("focus", all("retry"));
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    waiting.clear();
    for (const { engine } of attached.values()) engine.go();
    all("retry")();
  });
  addEventListener("beforeunload", (event) => {
    for (const { engine, copied } of attached.values()) {
      if (engine.isDirty() && !copied()) event.preventDefault();
    }
  });
  return { attach, detach };
})();
