"""
Linkify and sanitise the HTML that Markdown writes.

`bleach` turns bare addresses into links, and each link to another site gets its `rel`. `nh3` comes
last and is the boundary: whatever went wrong before it, only the tags, attributes and addresses
named here come out.
"""

import re
from html import unescape

import nh3
from bleach.linkifier import Linker

from blog.text.addresses import EMAIL, URL_IN_HTML, WITHIN, may_lead_to
from blog.text.guard import UNPRINTABLE
from blog.text.pictures import SIZES

INLINE = {
    *("a", "b", "br", "cite", "code", "del", "em", "i", "kbd", "mark", "q", "s", "span", "strong"),
    *("sub", "sup", "wbr"),
}
COMMENT_TAGS = INLINE | {"blockquote", "li", "ol", "p", "pre", "ul"}
POST_TAGS = COMMENT_TAGS | {
    *("div", "h2", "h3", "h4", "h5", "h6", "hr", "img"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
DROPPED_WITH_CONTENT = {"script", "style", "svg", "math", "iframe", "form", "template", "noscript"}
REL = "nofollow ugc noopener"

PICTURE = r"/pictures/[0-9a-z]{32}/(large|small)\.webp"
IDS = re.compile(r"p[1-9]\d*|fn-\d+|fnref-\d+(-\d+)?|h-[\w-]+")
ATTRIBUTES = {
    "id": IDS,
    "class": re.compile(
        r"cite|cite-unknown|footnotes|footnote-ref|footnote-back|language-[\w#.+-]{1,30}"
        r"|align-(left|center|right)|picture|decorative"
    ),
    "role": re.compile(r"doc-(noteref|backlink|endnotes)"),
    "dir": re.compile(r"auto|rtl"),
    "alt": re.compile(r"[^\n]{0,500}"),
    "height": re.compile(r"\d{1,5}"),
    "loading": re.compile(r"lazy"),
    "rel": re.compile(re.escape(REL)),
    "scope": re.compile(r"col"),
    "sizes": re.compile(re.escape(SIZES)),
    "src": re.compile(PICTURE),
    "srcset": re.compile(rf"{PICTURE} \d{{1,5}}w, {PICTURE} \d{{1,5}}w"),
    "start": re.compile(r"\d{1,9}"),
    "title": re.compile(r".{1,500}"),
    "type": re.compile(r"a"),
    "width": re.compile(r"\d{1,5}"),
}
NUMBERED = re.compile(r"&#(?:x[0-9a-f]+|\d+);?", re.IGNORECASE)
CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL)
STASHED = re.compile("\ufdd6(\\d+)\ufdd7")

# What Markdown and our own code write: a link and its label, another tag, a text between tags.
PLAIN_VALUE = r'[^"<>&]*+(?:&(?:amp|lt|gt|quot);[^"<>&]*+)*'
PLAIN_TAG = rf'</?(?!a[ >])[a-z][a-z0-9]*+(?: [a-z]+="{PLAIN_VALUE}")*(?: /)?>'
LABEL = rf"(?:[^<]++|{PLAIN_TAG})*"
PIECE = re.compile(
    rf'<a(?P<attributes>(?: [a-z]+="[^"<>]*+")*)>(?P<label>{LABEL})</a>|{PLAIN_TAG}|[^<]++'
)
PLAIN_ATTRIBUTE = re.compile(rf' ([a-z]+)="({PLAIN_VALUE})"')
# Nothing that URL_IN_HTML or EMAIL matches is without one of these.
ADDRESS_SIGN = re.compile(r"://|www\.|@", re.IGNORECASE)
# An ampersand that begins none of the usual entities: `bleach` and `nh3` may differ about it.
ODD = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|[lr][sd]quo|[nm]dash|hellip|#\d+|#x[0-9a-f]+);)")


def _set_rel(attributes: dict, new: bool) -> dict | None:
    """Set `rel` on a link to another site, and the scheme that people leave out before `www.`."""
    href = unescape(attributes.get((None, "href"), "")).strip().replace(" ", "%20")
    if href.lower().startswith(("www.", "http://www.")) and (new or "://" not in href):
        href = "https://" + href.removeprefix("http://")
    if not may_lead_to(href):
        return None
    attributes[None, "href"] = href.replace("&", "&amp;")
    attributes.pop((None, "rel"), None)
    if not WITHIN.fullmatch(href):
        attributes[None, "rel"] = REL
    return attributes


def filter_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Return the value of an allowed attribute, None where the value is not allowed."""
    if attribute == "href":
        return value if may_lead_to(value) else None
    return value if ATTRIBUTES[attribute].fullmatch(value) else None


def linkify(html: str) -> str:
    """
    Link bare addresses outside code, set `rel` on links to other sites, remove unsafe links.

    Code is stashed meanwhile: `bleach` escapes what it skips a second time.
    """
    code: list[str] = []

    def stash(match: re.Match) -> str:
        code.append(match[0])
        return f"\ufdd6{len(code) - 1}\ufdd7"

    html = NUMBERED.sub(_printable, CODE.sub(stash, html))
    html = _link_pieces(html)
    return STASHED.sub(lambda match: code[int(match[1])], html)


def _link_pieces(html: str) -> str:
    """
    Linkify the pieces of `html` that `bleach` would change, and those alone.

    It parses all that it reads, which took a quarter of the time of rendering, and few texts hold
    a bare address. It looks for addresses in the text between two tags, never across one; so a
    text by itself, with a rule to keep it from the next, comes out as it would in its place.
    """
    pieces = [(piece[0], _without_bleach(piece)) for piece in PIECE.finditer(html)]
    if sum(len(piece) for piece, _done in pieces) < len(html):
        return _bleach(html)  # something is no piece: a link inside a link, an odd entity in a tag
    rest = [piece for piece, done in pieces if done is None]
    linked = iter(_bleach("<hr>".join(rest)).split("<hr>") if rest else ())
    return "".join(next(linked) if done is None else done for _piece, done in pieces)


def _without_bleach(piece: re.Match) -> str | None:
    """Return the result of `bleach` for a piece, or None if that takes `bleach` to say."""
    if ODD.search(piece[0]):
        return None
    if piece["label"] is not None:
        return _with_rel(piece["attributes"], piece["label"])
    is_text = not piece[0].startswith("<")
    return None if is_text and ADDRESS_SIGN.search(piece[0]) else piece[0]


def _with_rel(attributes: str, label: str) -> str | None:
    values = {(None, name): value for name, value in PLAIN_ATTRIBUTE.findall(attributes)}
    if PLAIN_ATTRIBUTE.sub("", attributes) or _set_rel(values, new=False) is None:
        return None  # an entity that `bleach` escapes, or a link to be undone
    tag = "".join(f' {name}="{value}"' for (_namespace, name), value in values.items())
    return f"<a{tag}>{label}</a>" if '"' not in values[None, "href"] else None


def _bleach(html: str) -> str:
    linker = Linker(callbacks=[_set_rel], parse_email=True, url_re=URL_IN_HTML, email_re=EMAIL)
    return linker.linkify(html)


def _printable(reference: re.Match) -> str:
    """Drop a numbered character that `guard.clean` removes where it is typed."""
    try:
        sign = unescape(reference[0])  # nothing, for a character that HTML forbids
    except ValueError:  # thousands of digits, which Python will not read as a number
        return "\ufffd"
    return "" if sign in ("", "\r") or UNPRINTABLE.search(sign) else reference[0]


def sanitise(html: str, tags: set[str]) -> str:
    """Return `html` with no tags but `tags`, and with allowed attributes and addresses only."""
    return nh3.clean(
        html,
        tags=tags,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes={
            "*": {"id", "class", "role", "dir"},
            "a": {"href", "rel", "title"},
            "img": {"src", "srcset", "sizes", "width", "height", "alt", "loading"},
            "ol": {"start", "type"},
            "th": {"scope"},
        },
        attribute_filter=filter_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
