/* A page between this site and an LMS: its form goes on by itself, and has a button all the same. */
document.querySelector("[data-send-at-once]")?.requestSubmit();
