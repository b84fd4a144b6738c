/* Times of saving a text, and meanings of the answers. Knows no page and no network: `read` returns the
   text as one string, `send` takes it away and promises a result, `show` is told the state.

   One save is in flight at a time; what is typed meanwhile goes with the next. A result never
   touches the text: it only moves the version that the next save names. A page that is left does
   not wait, so its last save may overtake the one before; the site goes by `seq`.

   A result is { saved: true, version }, { reason, final, retryAfterMs } or { overtakenBy }, the
   number of a save of this tab that the site has instead. */
const IDLE_MS = 1500;
const MAX_WAIT_MS = 4000;
const SAVES_OF_LEAVING = 10; // more than there are
const RETRY_MS = [2000, 4000, 8000, 15000, 30000];

export const createSaver = ({ read, send, show, clock, renewTab, savedText = read(), version = "", seq = 0 }) => {
  let inFlight = null;
  let timer = null;
  let waitingSince = null;
  let failures = 0;
  let latestSavedSeq = seq;
  let latestLostSeq = 0; // it may have arrived all the same, so the site's text is unknown until a later save
  let notBefore = 0;
  let isStopped = false;
  let tabs = 1; // how many this page has been

  const schedule = (ms) => {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(() => save(), Math.max(ms, notBefore - clock.now()));
  };
  const isDirty = () => read() !== savedText || latestLostSeq > latestSavedSeq;

  /* The site has stored nothing of this save. If this page has not sent the save that is there instead, it
     is an earlier state of its tab, which a browser shows again: so it goes on as another tab. */
  const yieldTo = (request, storedSeq) => {
    const isOwn = request.seq < storedSeq && storedSeq <= seq;
    if (!isOwn && request.tabs === tabs) {
      renewTab();
      tabs += 1;
      seq = 0;
      latestSavedSeq = 0;
      latestLostSeq = 0;
    }
    if (!isStopped && !inFlight && timer === null && isDirty()) schedule(0);
  };

  const receive = (request, result) => {
    if (inFlight === request) inFlight = null;
    if (result.overtakenBy) return yieldTo(request, result.overtakenBy);
    if (request.tabs !== tabs) return undefined;
    if (result.retryAfterMs) notBefore = clock.now() + result.retryAfterMs;
    if (result.saved) {
      failures = 0;
      notBefore = 0;
      if (request.seq > latestSavedSeq) {
        latestSavedSeq = request.seq;
        savedText = request.text;
        if (result.version) version = result.version;
      }
    } else {
      failures += 1;
      if (!result.final) latestLostSeq = Math.max(latestLostSeq, request.seq);
    }
    show(result, { isDirty: isDirty(), savedText });
    if (isStopped || inFlight) return undefined;
    if (result.saved) {
      if (isDirty() && timer === null) schedule(0);
    } else if (!result.final) {
      schedule(RETRY_MS[Math.min(failures, RETRY_MS.length) - 1]);
    }
    return undefined;
  };

  /* `unchanged` saves also what is on the site: a new post gets its address by it. */
  const save = (leaving = false, unchanged = false) => {
    clock.clearTimeout(timer);
    timer = null;
    waitingSince = null;
    const text = read();
    if (inFlight && !leaving) return inFlight.done;
    if (inFlight ? text === inFlight.text : !unchanged && !isDirty()) return Promise.resolve();
    seq += 1;
    const request = { text, seq, tabs };
    inFlight = request;
    show({ isSaving: true }, { isDirty: true, savedText });
    request.done = send({ text, seq, version, leaving }).then((result) => receive(request, result));
    return request.done;
  };

  return {
    save,
    isDirty,
    /* Shortly after typing stops, and while it goes on at the latest every four seconds. */
    scheduleSave() {
      waitingSince ??= clock.now();
      failures = 0;
      if (isDirty()) schedule(Math.max(0, Math.min(IDLE_MS, waitingSince + MAX_WAIT_MS - clock.now())));
    },
    /* The facts for a later page of this tab to go on from here: the version, the text that is under way, and
       a number behind those of all saves so far and of the last one. */
    base: () => ({ version, sent: inFlight?.text ?? null, seq: seq + SAVES_OF_LEAVING }),
    /* The promise of the save in flight, or undefined; whoever sends the form waits for it, but not for ever. */
    pending: () => inFlight?.done,
    nextSeq() {
      seq += 1;
      return seq;
    },
    get version() {
      return version;
    },
    isActive: () => !isStopped,
    stop() {
      isStopped = true;
      clock.clearTimeout(timer);
    },
    resume() {
      isStopped = false;
    },
  };
};
