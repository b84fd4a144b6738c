"""
Pictures in a text: `![a map](picture:TOKEN)`, for the pictures of the post and no others.

`brackets` parses the Markdown of an image; here it becomes an `<img>` whose addresses come from the
caller, never from the text. An image from anywhere else stays a link.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as etree

SOURCE = re.compile(r"picture:([0-9a-z]{32})")
# As wide as the text, which is never wider than this.
SIZES = "(min-width: 46em) 42em, 92vw"
MAX_ALT_CHARS = 500


@dataclass(frozen=True)
class PictureFiles:
    """The files of a picture: their addresses, and their sizes in pixels."""

    address: str
    small_address: str
    width: int
    height: int
    small_width: int
    is_decorative: bool = False


@dataclass
class Pictures:
    """The images of one text; `unknown` collects the tokens that no picture has."""

    known: Mapping[str, PictureFiles]
    unknown: list[str] = field(default_factory=list)

    def read(self, source: str, alternative: str) -> etree.Element | None:
        """Return the element of a picture, or None if `source` names none of ours."""
        found = SOURCE.fullmatch(source.strip())
        if found is None:
            return None
        token = found[1]
        if token not in self.known:
            return self._missing(token, alternative)
        return image_of(self.known[token], alternative)

    def _missing(self, token: str, alternative: str) -> etree.Element:
        if token not in self.unknown:
            self.unknown.append(token)
        span = etree.Element("span", {"class": "cite-unknown"})
        span.text = alternative or f"picture:{token}"
        return span


def image_of(picture: PictureFiles, alternative: str) -> etree.Element:
    """Return the `<img>` of a picture, with its alternative text cut to `MAX_ALT_CHARS`."""
    alternative = " ".join(alternative.split())[:MAX_ALT_CHARS]
    attributes = {
        "src": picture.address,
        "alt": alternative,
        "width": str(picture.width),
        "height": str(picture.height),
        "loading": "lazy",
    }
    if picture.small_width < picture.width:
        attributes["srcset"] = (
            f"{picture.small_address} {picture.small_width}w, {picture.address} {picture.width}w"
        )
        attributes["sizes"] = SIZES
    if picture.is_decorative and not alternative:
        attributes["class"] = "decorative"
    return etree.Element("img", attributes)


def picture_markdown(token: str, alternative: str) -> str:
    """Return the Markdown of a picture, with the signs in its description escaped."""
    words = re.sub(r"([\\`*_\[\]!@])", r"\\\1", " ".join(alternative.split()))
    return f"![{words}](picture:{token})"
