/* The Markdown of parts that are shown as a sign: the source of a citation, the label of a note, the token of
   a picture, the mark of a list. What is shown says none of it, so nothing else may come into a text with it. Pure. */
import { KEY } from "../../lib/citation-key.js";
import { isOneLine, LINE_END_SIGNS } from "../../lib/line-ends.js";

const WORDS = String.raw`[^[\]${LINE_END_SIGNS}\ufffc]*`;
const IN_BRACKETS = new RegExp(String.raw`^\[${WORDS}(?<![\p{L}\p{N}_@\\./])@${KEY}${WORDS}\]$`, "u");
const IN_SENTENCE = new RegExp(String.raw`^@${KEY}(?: ?\[${WORDS}\])?$`, "u");
const LABEL = /^[^\s[\]\\`<>]+(?: [^\s[\]\\`<>]+)*$/;
const TOKEN = /^[0-9a-z]{32}$/;
const MARKS = {
  bulletList: /^[-+*•‣◦▪▫●○■□∙·–]$/u,
  orderedList: /^(?:[1a][.)]|\([1a]\))$/,
};

const matches = (pattern) => (words) => typeof words === "string" && pattern.test(words);

export const isCitation = (source) => matches(IN_BRACKETS)(source) || matches(IN_SENTENCE)(source);
export const isNoteLabel = (words) => matches(LABEL)(words) && isOneLine(words);
export const isPictureToken = matches(TOKEN);
export const isListMark = (kind, mark) => Object.hasOwn(MARKS, kind) && matches(MARKS[kind])(mark);
