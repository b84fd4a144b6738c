/* As much of IndexedDB as lib/local-copies.js uses: one object store, whose keys are strings. */
const request = (run) => {
  const created = {};
  queueMicrotask(() => {
    try {
      created.result = run();
      created.onsuccess();
    } catch (error) {
      created.error = error;
      created.onerror();
    }
  });
  return created;
};

/* Return a fake `indexedDB`; `records` is what is stored in it, and `isFull` makes it refuse to write. */
export const createIndexedDB = () => {
  const records = new Map();
  const fake = { records, isFull: false };
  const store = {
    put: (value) =>
      request(() => {
        if (fake.isFull) throw new Error("QuotaExceededError");
        records.set(value.key, structuredClone(value));
      }),
    get: (key) => request(() => structuredClone(records.get(key))),
    delete: (key) => request(() => records.delete(key)),
    getAll: ({ lower, upper }) =>
      request(() =>
        [...records.values()].filter(({ key }) => lower <= key && key <= upper).map((value) => structuredClone(value)),
      ),
  };
  fake.open = () => {
    const database = { createObjectStore() {}, transaction: () => ({ objectStore: () => store }) };
    const opening = request(() => {
      opening.result = database;
      opening.onupgradeneeded();
      return database;
    });
    return opening;
  };
  return fake;
};

export const IDBKeyRange = { bound: (lower, upper) => ({ lower, upper }) };
