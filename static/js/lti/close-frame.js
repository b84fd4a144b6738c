/* Send the LMS that opened this page the request to close it: the word of the standard, to whoever
   it is; it says nothing else. */
if (document.querySelector("[data-close-frame]")) {
  (window.opener ?? window.parent).postMessage({ subject: "org.imsglobal.lti.close" }, "*");
}
