"""HTML of the site for a page that opens from a folder. Pure.

Only what our own renderer wrote comes here: its tags have their attributes in quotes.
"""

import re
from collections.abc import Callable, Collection, Mapping
from html import escape, unescape

TAG = re.compile(r"""<(a|img)\b((?:[^<>"]|"[^"]*")*)>""")
ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"]*)"')
ID = re.compile(r"""<[a-z][a-z0-9]*\b(?:[^<>"]|"[^"]*")*?\sid="([^"]+)\"""")
PICTURE = re.compile(r"/pictures/([0-9a-z]{32})/")
# What a browser asks of a server, or would wait for.
LEFT_OUT = frozenset({"srcset", "sizes", "loading"})


def for_folder(
    html: str, site: str, page: str, pictures: Mapping[str, str], anchors: Collection[str] = ()
) -> str:
    """Return HTML whose links lead somewhere without the site.

    Addresses of the site become whole ones, and pictures are those of the folder, by their tokens;
    one that is not there is left to its description. A link to a place leads there if the page has
    it (``anchors``, and those of the HTML itself), and to the site's ``page`` if not.
    """
    known = {*anchors, *map(unescape, ID.findall(html))}

    def place(address: str) -> str:
        if address.startswith("#"):
            return address if address[1:] in known else site + page + address
        is_of_site = address.startswith("/") and not address.startswith("//")
        return site + address if is_of_site else address

    def rewritten(found: re.Match[str]) -> str:
        tag, attributes = found[1], dict(ATTRIBUTE.findall(found[2]))
        if tag == "img":
            return _image(attributes, pictures)
        return _tag(tag, attributes, place)

    return TAG.sub(rewritten, html)


def _image(attributes: dict[str, str], pictures: Mapping[str, str]) -> str:
    token = PICTURE.search(unescape(attributes.get("src", "")))
    file = pictures.get(token[1]) if token else None
    if file is None:
        return f"<em>{attributes.get('alt', '')}</em>"
    kept = {name: value for name, value in attributes.items() if name not in LEFT_OUT}
    return _tag("img", kept | {"src": escape(file)}, lambda address: address)


def _tag(tag: str, attributes: Mapping[str, str], place: Callable[[str], str]) -> str:
    written = "".join(
        f' {name}="{escape(place(unescape(value))) if name == "href" else value}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{written}>"
