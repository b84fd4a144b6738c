/* Copies of words in this browser, until the site has them. One for each person, place and page:
   nobody is shown another's, and two pages never write over each other's. */
globalThis.copies = (() => {
  const DAY = 24 * 60 * 60 * 1000;
  const whole = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

  let opened = null;
  const open = () => {
    opened ??= new Promise((done, failed) => {
      const request = indexedDB.open("words", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("copies", { keyPath: "key" });
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    return opened;
  };
  const store = async (mode) => (await open()).transaction("copies", mode).objectStore("copies");
  const start = (writer, place) => `${writer}/${place}/`;

  return {
    /* Resolves to whether the browser keeps it: private windows may refuse. */
    async put(writer, place, page, fields) {
      try {
        const key = start(writer, place) + page;
        await whole((await store("readwrite")).put({ key, fields, at: Date.now() }));
        return true;
      } catch {
        return false;
      }
    },
    async restore(copy) {
      try { await whole((await store("readwrite")).put(copy)); } catch { /* nothing is kept */ }
    },
    async get(key) {
      try { return await whole((await store("readonly")).get(key)); } catch { return undefined; }
    },
    async drop(key) {
      try { await whole((await store("readwrite")).delete(key)); } catch { /* nothing is kept */ }
    },
    /* What this person typed at these places, the newest first; a month is long enough. */
    async find(writer, places) {
      try {
        const found = [];
        for (const from of places.map((place) => start(writer, place))) {
          const range = IDBKeyRange.bound(from, `${from}\uffff`);
          found.push(...await whole((await store("readonly")).getAll(range)));
        }
        const old = found.filter((copy) => Date.now() - copy.at > 30 * DAY);
        for (const copy of old) await this.drop(copy.key);
        return found.filter((copy) => !old.includes(copy)).sort((a, b) => b.at - a.at);
      } catch {
        return [];
      }
    },
    key: (writer, place, page) => start(writer, place) + page,
  };
})();
