/* The Markdown of a citation as what one can change in it, and back. Pure. The site reads the same grammar
   (blog/citations/clusters.py); what is not understood here is left to those who write Markdown. */
import { KEY } from "../lib/citation-key.js";

const ITEM = new RegExp(
  String.raw`^(?<prefix>[^@]*?)(?<hidden>(?<![\p{L}\p{N}_-])-)?@(?<key>${KEY})(?<rest>[^@]*)$`,
  "su",
);
const VIA = new RegExp(String.raw`^(?<own>[^@]*?)[,\s]*as cited in @(?<via>${KEY})(?<rest>[^@]*)$`, "su");
const NARRATIVE = new RegExp(String.raw`^@(?<key>${KEY})(?: ?\[(?<inside>[^[\]]*)\])?$`, "su");
const FOUND = new RegExp(String.raw`\[[^[\]\n]*@[^[\]\n]*\]|(?<![\p{L}\p{N}_@/.:\\-])@${KEY}(?: \[[^[\]\n]*\])?`, "gu");

const bare = (key) => key.replace(/^\{|\}$/g, "");
const trimmed = (text) => text.replace(/^[,\s]+|\s+$/g, "");

const parseItem = (part) => {
  const at = part.indexOf("@");
  const second = part.indexOf("@", at + 1);
  const head = second < 0 ? part : part.slice(0, part.lastIndexOf("as cited in", second));
  const match = ITEM.exec(head);
  const via = second < 0 ? null : VIA.exec(part.slice(head.length));
  if (!match || (second >= 0 && !via)) return null;
  const { prefix, hidden, key, rest } = match.groups;
  if (via && trimmed(rest)) return null; // two places, of one citation
  return {
    key: bare(key),
    prefix: prefix.trim(),
    isYearOnly: hidden !== undefined,
    locator: trimmed(via ? via.groups.rest : rest),
    via: via ? bare(via.groups.via) : "",
  };
};

/* { isNarrative, items: [{ key, prefix, isYearOnly, locator, via }] } of the source of a citation, or null. */
export const parseCitation = (source) => {
  const narrative = NARRATIVE.exec(source);
  if (narrative) {
    const { key, inside = "" } = narrative.groups;
    const via = VIA.exec(inside);
    if (inside.includes(";") || (inside.includes("@") && !via)) return null;
    const locator = trimmed(via ? via.groups.rest : inside);
    const item = { key: bare(key), prefix: "", isYearOnly: false, locator, via: via ? bare(via.groups.via) : "" };
    return { isNarrative: true, items: [item] };
  }
  if (!/^\[[^[\]]*\]$/.test(source)) return null;
  const items = source
    .slice(1, -1)
    .split(/;(?![^{}]*\})/)
    .map(parseItem);
  return items.every(Boolean) ? { isNarrative: false, items } : null;
};

const PLAIN_KEY = new RegExp(`^${KEY}$`, "u");
const writeKey = (key) => (PLAIN_KEY.test(key) ? `@${key}` : `@{${key}}`);

const writeItem = ({ key, prefix, isYearOnly, locator, via }) => {
  const before = `${prefix ? `${prefix} ` : ""}${isYearOnly ? "-" : ""}${writeKey(key)}`;
  return `${before}${via ? `, as cited in ${writeKey(via)}` : ""}${locator ? `, ${locator}` : ""}`;
};

export const writeCitation = ({ isNarrative, items }) => {
  if (!isNarrative) return `[${items.map(writeItem).join("; ")}]`;
  const [{ key, locator, via }] = items;
  const inside = via ? `as cited in ${writeKey(via)}${locator ? `, ${locator}` : ""}` : locator;
  return `${writeKey(key)}${inside ? ` [${inside}]` : ""}`;
};

/* A page as one types it in a field: “p. 47” is 47; what is no page stays as it is. */
export const shownLocator = (locator) => /^pp?\. ?(\d[\d–, -]*)$/.exec(locator)?.[1] ?? locator;
export const writtenLocator = (typed) => {
  const place = typed.trim().replace(/[[\];@]/g, "");
  if (!/^\d[\d–, -]*$/.test(place)) return place;
  return /[–,-]/.test(place) ? `pp. ${place}` : `p. ${place}`;
};

/* The citation of a line that a place is in, { source, from, to }, or null. */
export const citationAt = (line, place) => {
  for (const { 0: source, index } of line.matchAll(FOUND)) {
    if (index <= place && place <= index + source.length) return { source, from: index, to: index + source.length };
  }
  return null;
};
