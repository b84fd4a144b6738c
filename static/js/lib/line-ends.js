/* Ends of lines for the site's reader (blog/text/guard.py): at every sign at which Python's str.splitlines does.
   Word processors and PDFs put them on the clipboard, and a browser shows most of them as nothing. Pure. */

export const LINE_END_SIGNS = String.raw`\n\r\v\f\x1c-\x1e\x85\u2028\u2029`;
export const LINE_END = new RegExp(`\\r\\n?|[${LINE_END_SIGNS}]`, "g");
const BLANKS = new RegExp(`[ \\t${LINE_END_SIGNS}]+`, "g");

export const withPlainLineEnds = (text) => text.replace(LINE_END, "\n");

/* A text on one line, where a tab or the end of a line is a space together with those around it. */
export const onOneLine = (text) => text.replace(BLANKS, (blank) => (/[^ ]/.test(blank) ? " " : blank));

export const isOneLine = (text) => text.search(LINE_END) < 0;
