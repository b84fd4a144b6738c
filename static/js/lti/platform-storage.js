/* Storage of an LMS for us while the browser has no cookie inside its page, by the messages of 1EdTech's
   "LTI postMessage Storage" (ADR 0079). They go to one origin alone, that of the address where the LMS says who
   somebody is, and answers are believed from there alone. */
const AGAIN_AFTER = 250; // the frame that answers may still be loading
const GIVEN_UP_AFTER = 3_000;

/** Return what names the storage: the element's frame of the LMS, and the one origin. */
export const storageOf = ({ dataset }) => ({ target: dataset.target, origin: new URL(dataset.lms).origin });

/** Return the window that keeps things: a frame beside ours by its name, else the one around us. */
export const keeperIn = (parent, name) => {
  try {
    const frame = parent.frames[name];
    return typeof frame?.postMessage === "function" ? frame : parent;
  } catch {
    return parent; // it is of another site, and has no such frame
  }
};

/** Ask the LMS to keep something or for what it keeps; return its answer, null if there is none or an error. */
export const askLms = (message, { target, origin }, here = window) =>
  new Promise((resolve) => {
    if (here.parent === here) {
      resolve(null); // in a window nobody keeps anything
      return;
    }
    const message_id = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const send = () => keeperIn(here.parent, target).postMessage({ ...message, message_id }, origin);
    const end = (answer) => {
      clearInterval(sending);
      clearTimeout(waiting);
      here.removeEventListener("message", hear);
      resolve(answer);
    };
    const hear = ({ data, origin: from }) => {
      const isAnswer = data?.message_id === message_id && data.subject === `${message.subject}.response`;
      if (from === origin && isAnswer) end(data.error ? null : data);
    };
    here.addEventListener("message", hear);
    const sending = setInterval(send, AGAIN_AFTER);
    const waiting = setTimeout(() => end(null), GIVEN_UP_AFTER);
    send();
  });
