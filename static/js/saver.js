/* When words are saved, and what an answer means. Knows no page and no network: `read` gives the
   words, `send` takes them away and promises an answer, `show` is told how it stands.

   One save is under way at a time; what is typed meanwhile goes with the next. An answer never
   touches the words: it only moves the version that the next save names. A page that is left does
   not wait, so its last save may overtake the one before; the site goes by `seq`. */
globalThis.saver = ({ read, send, show, clock = globalThis, saved = read(), version = "", seq = 0 }) => {
  const SOON = 1500;
  const LATEST = 4000;
  const RETRIES = [2000, 4000, 8000, 15000, 30000];
  let flight = null;
  let timer = null;
  let since = null;
  let failures = 0;
  let answered = seq;
  let notBefore = 0;
  let gone = false;

  const wait = (ms) => {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(() => save(), Math.max(ms, notBefore - clock.now()));
  };
  const isDirty = () => read() !== saved;

  const landed = (mine, answer) => {
    if (flight === mine) flight = null;
    if (answer.after) notBefore = clock.now() + answer.after;
    if (answer.kept) {
      failures = 0;
      notBefore = 0;
      if (mine.seq > answered) {
        answered = mine.seq;
        saved = mine.words;
        if (answer.version) version = answer.version;
      }
    } else failures += 1;
    show(answer, { isDirty: isDirty(), saved });
    if (gone || flight) return;
    if (answer.kept) {
      if (isDirty() && timer === null) wait(0);
    } else if (!answer.final) {
      wait(RETRIES[Math.min(failures, RETRIES.length) - 1]);
    }
  };

  const save = (leaving = false) => {
    clock.clearTimeout(timer);
    timer = null;
    since = null;
    const words = read();
    if (flight && !leaving) return flight.done;
    if (words === (flight ? flight.words : saved)) return Promise.resolve();
    const mine = { words, seq: (seq += 1) };
    flight = mine;
    show({ saving: true }, { isDirty: true, saved });
    const answer = send({ words, seq, version, leaving });
    mine.done = answer.then((told) => landed(mine, told));
    return mine.done;
  };

  return {
    save,
    isDirty,
    /* Shortly after typing stops, and while it goes on at the latest every four seconds. */
    typed() {
      since ??= clock.now();
      failures = 0;
      if (isDirty()) wait(Math.max(0, Math.min(SOON, since + LATEST - clock.now())));
    },
    /* What is under way, or nothing; whoever sends the form waits for it, but not for ever. */
    underway: () => flight?.done,
    next: () => (seq += 1),
    get version() { return version; },
    isOn: () => !gone,
    stop() {
      gone = true;
      clock.clearTimeout(timer);
    },
    go() {
      gone = false;
    },
  };
};
