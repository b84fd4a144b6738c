/* A copied page without its first line, which went elsewhere; "" where its words do not begin with that line. By its
   source: parsed in this page, it would lose every style to the content policy. */
const MARKUP = /(<!--[\s\S]*?-->|<(style|title)\b[\s\S]*?<\/\2>|<[^>]*>)/i;
const PARTS = 3; // words, markup, the name that the pattern remembers

const bare = (words) => words.replace(/\s+/g, "");
const decoded = (words) => new DOMParser().parseFromString(words, "text/html").body.textContent;

export const withoutFirstLine = (html, line) => {
  const parts = html.split(MARKUP);
  let left = bare(line);
  for (let place = 0; left && place < parts.length; place += PARTS) {
    const words = bare(decoded(parts[place]));
    if (!left.startsWith(words)) return "";
    left = left.slice(words.length);
    parts[place] = "";
  }
  return left ? "" : parts.filter((_part, place) => place % PARTS < 2).join("");
};
