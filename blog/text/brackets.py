"""
Links and images in brackets.

The brackets of a paragraph are matched once, with a stack, as CommonMark does: the innermost link
wins. A link whose address may lead nowhere shows as it was typed, since the address is still
something that the writer wanted to say.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from blog.text.addresses import ESCAPED, resolve
from blog.text.blocks.parser import label_of
from blog.text.guard import Meter
from blog.text.invisible import is_blank
from blog.text.pictures import SOURCE, Pictures

# An address in angle brackets may hold square ones.
TOKEN = re.compile(r"!?\[|\]|<[a-z][a-z0-9+.-]{1,31}:[^\s<>]*+>", re.IGNORECASE)
ANGLED = re.compile(r"\(\s*+<([^<>\n]*+)>")
SPACED = re.compile(r"\(\s*+((?:https?://|www\.)[^()<>\"\n]*+)()\)", re.IGNORECASE)
TITLE = re.compile(r"\s++(?:\"([^\"]*+)\"|'([^']*+)'|\(([^()]*+)\))\s*+\)")
QUOTED_TITLE = re.compile(r"\s++\"([^\n()]*+)(?<=\")\s*+()\)")  # with quotation marks inside
END = re.compile(r"\s*+\)")
SECOND = re.compile(r"( ?)\[([^\[\]]*+)\]")
DISSOLVED = "data"  # a tag that the sanitiser takes off and whose content it leaves
MAX_ADDRESS_CHARS = 4_000
MAX_LABEL_CHARS = 1_000  # of a link defined elsewhere


class Target(NamedTuple):
    """The destination of a link, None for nowhere, and the place where it ends in the text."""

    address: str | None
    title: str
    end: int


class Found(NamedTuple):
    """A link or an image, by its places in the text."""

    start: int
    text: int
    text_end: int
    target: Target


class Brackets(InlineProcessor, ABC):
    """A finder of text in brackets; the data are read once, and places counted from their end."""

    sign = "["

    def __init__(self, md: Markdown, meter: Meter):
        super().__init__(r"(?<!!)\[" if self.sign == "[" else r"!\[", md)
        self.meter = meter
        self.data = ""
        self.found: dict[int, Found] = {}

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Any, Any, Any]:
        start = match.start()
        if not self.data.endswith(data[start:]):
            self.data = data
            self.found = {len(data) - found.start: found for found in self._read(data)}
        self.meter.charge((len(data) - start) // 64)
        found = self.found.get(len(data) - start)
        if found is None:
            return None, None, None
        text = self.data[found.text : found.text_end]
        target = found.target
        node: etree.Element | str
        if target.address is None:
            node = self._as_typed(text, self.data[found.text_end + 1 : target.end])
        else:
            node = self.node(text, target.address, target.title)
        return node, start, start + target.end - found.start

    def resolve(self, address: str) -> str | None:
        return resolve(address)

    @abstractmethod
    def node(self, text: str, address: str, title: str) -> etree.Element | str:
        """Return the element of a link or an image, or the text that is shown in its place."""

    def _as_typed(self, text: str, address: str) -> etree.Element:
        """Return the source of the link, with nothing in its address read as markup."""
        typed = etree.Element(DISSOLVED)
        typed.text = f"{self.sign}{text}]"
        etree.SubElement(typed, DISSOLVED).text = AtomicString(self._plain(address))
        return typed

    def _read(self, data: str) -> Iterator[Found]:
        """Yield the links and images; around a link there is no other."""
        openers: list[re.Match] = []
        inactive, end = 0, 0  # so many of the openers are around a link that is found
        for token in TOKEN.finditer(data):
            self.meter.charge(4)
            if token.start() < end:
                continue
            if token[0].endswith("["):
                openers.append(token)
            elif token[0] == "]" and openers:
                opener = openers.pop()
                is_inactive = len(openers) < inactive and opener[0] == "["
                inactive = min(inactive, len(openers))
                target = None if is_inactive else self._target(data, opener, token.end())
                if target is not None:
                    end = target.end
                    if opener[0] == "[" and target.address is not None:
                        inactive = len(openers)
                    yield Found(opener.start(), opener.end(), token.start(), target)

    def _target(self, data: str, opener: re.Match, after: int) -> Target | None:
        """Return the target of brackets that end at `after`."""
        if data.startswith("(", after) and (inline := self._inline(data, after)):
            return inline
        if not self.md.references:
            return None
        own = data[opener.end() : after - 1]
        second = SECOND.match(data, after, after + MAX_LABEL_CHARS)
        if second is None:
            return self._defined(own, after)
        if second[1]:  # as the first Markdown allowed it, between two labels
            return self._defined(own, after) or self._defined(second[2], second.end())
        return self._defined(second[2] if second[2].strip() else own, second.end())

    def _defined(self, label: str, end: int) -> Target | None:
        """Return the target of a label that is defined elsewhere."""
        if len(label) > MAX_LABEL_CHARS:
            return None
        self.meter.charge(len(label) // 8)
        known = self.md.references.get(label_of(self._escaped(label)))
        return None if known is None else self._allowed(known[0], known[1], end)

    def _inline(self, data: str, start: int) -> Target | None:
        """Return the address and title in round brackets, with spaces only if it is sure."""
        near = data[: start + MAX_ADDRESS_CHARS]
        angled = ANGLED.match(near, start)
        if angled:
            address, end = angled[1], angled.end()
        else:
            begin = start + 1 + len(near[start + 1 :]) - len(near[start + 1 :].lstrip())
            end = _end_of_bare(near, begin)
            address = near[begin:end]
        self.meter.charge(20 + end - start)
        rest = TITLE.match(near, end) or END.match(near, end) or QUOTED_TITLE.match(near, end)
        if rest is None or (address.startswith("<") and not angled):
            rest = SPACED.match(near, start)
            if rest is None:
                return None
            address = rest[1].strip()
            return self._allowed(address, "", rest.end())
        title = next((group for group in rest.groups() if group), "").removesuffix('"')
        return self._allowed(address, title, rest.end())

    def _allowed(self, address: str, title: str, end: int) -> Target:
        self.meter.charge(len(address) // 4)
        address = self._plain(address)
        href = self.resolve(address)
        return Target(href, " ".join(self._plain(title).split()), end)

    def _plain(self, text: str) -> str:
        """Return an address or a title without the placeholders of its escaped signs."""
        return ESCAPED.sub(lambda code: chr(int(code[1])), self.unescape(text))

    def _escaped(self, label: str) -> str:
        return ESCAPED.sub(lambda code: "\\" + chr(int(code[1])), self.unescape(label))


def _end_of_bare(data: str, start: int) -> int:
    """Return the end of an address with neither spaces nor an unmatched bracket."""
    depth = 0
    for place in range(start, len(data)):
        sign = data[place]
        if sign.isspace() or (sign == ")" and depth == 0):
            return place
        depth += (sign == "(") - (sign == ")")
    return len(data)


class Links(Brackets):
    def node(self, text: str, address: str, title: str | None) -> Any:
        link = etree.Element("a", {"href": address})
        if title:
            link.set("title", title)
        link.text = address if is_blank(text) else text  # nobody can see a link without words
        return link


class Images(Brackets):
    """
    Show a picture of the post, and link any other image by its description.

    An image from elsewhere would tell that site who reads this course, and when. A link waits for
    a click; inside another link there is none, and the description is all that is shown.
    """

    sign = "!["

    def __init__(self, md: Markdown, meter: Meter, pictures: Pictures | None):
        super().__init__(md, meter)
        self.pictures = pictures

    def resolve(self, address: str) -> Any:
        return address if SOURCE.fullmatch(address.strip()) else resolve(address)

    def node(self, text: str, address: str, title: str | None) -> Any:
        if self.pictures is not None:
            ours = self.pictures.read(address, self._plain(text))
            if ours is not None:
                return ours
        if "a" in self.md.treeprocessors["inline"].ancestors:
            return text or address
        link = etree.Element("a", {"href": address})
        link.text = text or address
        return link


def register_links(md: Markdown, meter: Meter, pictures: Pictures | None) -> None:
    """Replace Python-Markdown's six processors of links and images by our two."""
    for name in ("reference", "image_reference", "short_reference", "short_image_ref"):
        md.inlinePatterns.deregister(name)
    md.inlinePatterns.register(Links(md, meter), "link", 160)
    md.inlinePatterns.register(Images(md, meter, pictures), "image_link", 150)
