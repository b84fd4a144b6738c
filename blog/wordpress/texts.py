"""
Make Markdown of the HTML of posts and comments, by the same converter as pastes. Pure.

A text with ``<!-- wp:`` is made of blocks, which have their paragraphs in elements. In any other an
empty line begins a paragraph, as WordPress shows it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from blog.paste.html import read_html, read_source
from blog.text.pictures import picture_markdown
from blog.wordpress.items import Attachment, digest
from blog.wordpress.media import MediaFiles

BLOCKS = re.compile(r"<!--\s+/?wp:")
GALLERY = re.compile(r"\[gallery\b(?P<attributes>[^\[\]]{0,2000})\]")
CAPTION = re.compile(
    r"\[(?:wp_)?caption\b[^\[\]]{0,1000}\](?P<picture>\s*(?:<a\b[^<>]{0,2000}>\s*)?<img\b[^<>]{0,3000}>"
    r"(?:\s*</a>)?)(?P<words>[^\[]{0,3000})\[/(?:wp_)?caption\]",
    re.IGNORECASE,
)
AS_FIGURE = r"\n\n<figure>\g<picture><figcaption>\g<words></figcaption></figure>\n\n"
IDS = re.compile(r"\bids\s*=\s*[\"“”″']?(?P<ids>[\d,\s]{1,1000})")
# A picture of a post of this program, in Markdown.
OWN_PICTURE = re.compile(
    r"!\[(?P<words>(?:[^\]\\]|\\.){0,1000})\]\(picture:(?P<token>[0-9a-z]{32})\)"
)
MAX_PICTURES = 100  # of one post
MAX_IDS = 100


@dataclass(frozen=True)
class PlacedPicture:
    """A picture of a text: the word that stands for it there, its file, and what it shows."""

    place: str
    path: str
    alternative: str


@dataclass(frozen=True)
class Converted:
    """A text as Markdown. ``missing`` counts pictures that no file is there for."""

    text: str
    pictures: tuple[PlacedPicture, ...] = ()
    missing: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)

    def with_pictures(self, tokens: Mapping[str, str]) -> str:
        """Return the text with pictures, by the places for which there is a token; else words."""
        text = self.text
        for one in self.pictures:
            token = tokens.get(one.place, "")
            written = picture_markdown(token, one.alternative) if token else one.alternative
            text = text.replace(one.place, written)
        return text


class _Pictures:
    """The files of the pictures of one text, and their places."""

    def __init__(self, key: str, files: MediaFiles):
        self.stem = f"picture{digest(key)[:12]}n"
        self.files = files
        self.placed: list[PlacedPicture] = []
        self.missing = 0

    def place(self, address: str, alternative: str) -> str:
        path = self.files.find(address) if len(self.placed) < MAX_PICTURES else ""
        if not path:
            self.missing += 1
            return ""
        one = PlacedPicture(f"{self.stem}{len(self.placed)}e", path, alternative)
        self.placed.append(one)
        return one.place


def convert_post(
    key: str, html: str, attachments: Mapping[str, Attachment], files: MediaFiles
) -> Converted:
    """Return the HTML of a post as Markdown. ``attachments`` are the blog's, by number.

    A picture without a file becomes a link to where it was: nothing is fetched.
    """
    html = CAPTION.sub(AS_FIGURE, html)
    html = GALLERY.sub(lambda found: _gallery(found, attachments), html)
    described = {one.address: one.alternative for one in attachments.values()}
    pictures = _Pictures(key, files)

    def place(attributes: Mapping[str, str]) -> str:
        address = attributes.get("src", "")
        alternative = attributes.get("alt", "") or described.get(address, "")
        return pictures.place(address, " ".join(alternative.split())[:500])

    read = read_html if BLOCKS.search(html) else read_source
    found = read(html, place_picture=place)
    return Converted(found.text, tuple(pictures.placed), pictures.missing, found.left_out)


def convert_own(key: str, markdown: str, files: MediaFiles) -> Converted:
    """Return Markdown that this program wrote, with a place for each picture that has a file."""
    pictures = _Pictures(key, files)

    def place(found: re.Match[str]) -> str:
        return pictures.place(f"{found['token']}.webp", found["words"]) or found["words"]

    text = OWN_PICTURE.sub(place, markdown)
    return Converted(text, tuple(pictures.placed), pictures.missing)


def convert_comment(html: str) -> str:
    """Return the HTML of a comment as Markdown."""
    return read_source(html, for_comment=True).text


def _gallery(found: re.Match[str], attachments: Mapping[str, Attachment]) -> str:
    """Return the pictures of a gallery as elements, as far as the file names them."""
    ids = IDS.search(found["attributes"])
    numbers = [one.strip() for one in ids["ids"].split(",")] if ids else []
    known = [attachments[one] for one in numbers[:MAX_IDS] if one in attachments]
    if not known:
        return found[0]
    shown = (
        f'<p><img src="{_quoted(one.address)}" alt="{_quoted(one.alternative)}"></p>'
        for one in known
    )
    return "\n\n" + "\n".join(shown) + "\n\n"


def _quoted(words: str) -> str:
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
