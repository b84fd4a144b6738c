/* A clock that is turned by hand. */
export const createClock = () => {
  const timers = new Map();
  let now = 0;
  let next = 1;
  return {
    now: () => now,
    setTimeout(callback, ms) {
      timers.set(next, { at: now + ms, callback });
      next += 1;
      return next - 1;
    },
    clearTimeout: (timer) => timers.delete(timer),
    /* Let time pass, and run on the way what is due. */
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        const [due] = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
        if (!due) break;
        const [timer, { at, callback }] = due;
        now = Math.max(now, at);
        timers.delete(timer);
        callback();
        await null;
      }
      now = end;
    },
  };
};
