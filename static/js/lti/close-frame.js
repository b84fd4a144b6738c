/* Tell the LMS that opened this page that it can be closed: the word of the standard, to whoever
   it is; it says nothing else. */
if (document.querySelector("[data-close-frame]")) {
  (window.opener ?? window.parent).postMessage({ subject: "org.imsglobal.lti.close" }, "*");
}
