"""
Inline processors for links and images in linear time.

Python-Markdown looks for the end of every `[` anew, character by character, six times. Here the
brackets of a paragraph are matched once, with a stack; one that never closes costs nothing and
stays as it was typed. The processors accept the same links as before.
"""

import re
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)

from blog.text.guard import Meter
from blog.text.pictures import Pictures

BRACKET = re.compile(r"[\[\]]")
MAX_ADDRESS_CHARS = 4_000  # with its title
MAX_LABEL_CHARS = 1_000  # of a link defined elsewhere


class Brackets:
    """The matching brackets of the current paragraph."""

    def __init__(self, meter: Meter):
        self.meter = meter
        self.data = ""
        self.closing: dict[int, int] = {}

    def end(self, data: str, opening: int) -> int | None:
        """Return the place of the `]` that closes the `[` at `opening`, None without one."""
        if data is not self.data:
            self._match(data)
        return self.closing.get(opening)

    def _match(self, data: str) -> None:
        self.data, self.closing = data, {}
        still_open = []
        for bracket in BRACKET.finditer(data):
            if bracket[0] == "[":
                still_open.append(bracket.start())
            elif still_open:
                self.closing[still_open.pop()] = bracket.start()
        self.meter.charge(len(data) // 32 + 4 * len(self.closing))


class Linear:
    """Mixin of the six processors of links and images: bounded, and with matched brackets."""

    brackets: Brackets

    def getText(self, data, index):
        end = self.brackets.end(data, index - 1)
        if end is None:
            return "", index, False
        self.brackets.meter.charge((end - index) // 100)
        return data[index:end], end + 1, True

    def getLink(self, data, index):
        """Return the address after a bracket, looked for in `MAX_ADDRESS_CHARS`."""
        if not data.startswith("(", index):
            return None, None, index, False
        near = data[: index + MAX_ADDRESS_CHARS]
        href, title, end, handled = super().getLink(near, index)
        self.brackets.meter.charge(end - index if handled else len(near) - index)
        return href, title, end, handled

    def evalId(self, data, index, text):
        """Look up a label only where any are defined, and where it is not too long."""
        if not self.md.references or len(text) > MAX_LABEL_CHARS:
            return None, index, False
        return super().evalId(data, index, text)


class ImageAsLink:
    """
    Mixin that shows a picture of the post, and links any other image by its description.

    An image from elsewhere would tell that site who reads this course, and when. A link waits for
    a click.
    """

    pictures: Pictures | None = None

    def handleMatch(self, match, data):
        image, start, end = super().handleMatch(match, data)
        if image is None:
            return image, start, end
        if self.pictures is not None:
            ours = self.pictures.read(image.get("src", ""), image.get("alt", ""))
            if ours is not None:
                return ours, start, end
        link = etree.Element("a", {"href": image.get("src", "")})
        link.text = image.get("alt") or image.get("src")
        return link, start, end


class Link(Linear, LinkInlineProcessor):
    pass


class Reference(Linear, ReferenceInlineProcessor):
    pass


class ShortReference(Linear, ShortReferenceInlineProcessor):
    pass


class Image(ImageAsLink, Linear, ImageInlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)


class ImageReference(ImageAsLink, Linear, ImageReferenceInlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)


class ShortImageReference(ImageAsLink, Linear, ShortImageReferenceInlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)


def register_links(md: Markdown, meter: Meter, pictures: Pictures | None) -> None:
    """Replace Python-Markdown's processors of links and images by the linear ones."""
    brackets = Brackets(meter)
    for kind, pattern, name, priority in (
        (Reference, LINK_RE, "reference", 170),
        (Link, LINK_RE, "link", 160),
        (Image, IMAGE_LINK_RE, "image_link", 150),
        (ImageReference, IMAGE_LINK_RE, "image_reference", 140),
        (ShortReference, LINK_RE, "short_reference", 130),
        (ShortImageReference, IMAGE_LINK_RE, "short_image_ref", 125),
    ):
        processor = kind(pattern, md)
        processor.brackets = brackets
        if isinstance(processor, ImageAsLink):
            processor.pictures = pictures
        md.inlinePatterns.register(processor, name, priority)
