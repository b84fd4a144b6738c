"""
Inline parts of a text for the visual editor: each keeps what it takes to write it again.

Published, a citation is its words and a picture its file. Here they also have the source they were
read from, the label of a note, and the mark of a sign that was escaped on purpose.
"""

import re
from collections.abc import Collection
from html import escape
from typing import Any
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import ESCAPE_RE, EscapeInlineProcessor, InlineProcessor
from markdown.util import AtomicString

from blog.citations import BARE_KEY, Cluster, parse_cluster
from blog.text.inline_citations import (
    CITATION,
    IN_BRACKETS,
    NARRATIVE,
    SENTENCE_AFTER_KEY,
    CitationProcessor,
    Citations,
    InBrackets,
    Narrative,
)
from blog.text.pictures import SOURCE, Pictures, image_of

# Without their backslash the typographer would set these, and the last would cite.
LITERAL = "-.'\"@"
NOTE_MARK = r"\[\^([^\]]*)\]"
WITH_SOURCE = re.compile(f"(?P<source>{CITATION.pattern})")
# Braces that only keep a key apart from the word after it; the editor sets them where need be.
BRACED = re.compile(rf"@\{{({BARE_KEY})\}}")


class Literals(Extension):
    """Keep the mark of an escaped sign that would mean something else without its backslash."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.ESCAPED_CHARS.extend(['"', "'"])
        md.inlinePatterns.register(Escape(ESCAPE_RE, md), "escape", 180)


class Escape(EscapeInlineProcessor):
    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Any, Any, Any]:
        if match[1] not in LITERAL:
            return super().handleMatch(match, data)
        sign = etree.Element("span", {"data-literal": "1"})
        sign.text = AtomicString(match[1])
        return sign, match.start(), match.end()


class NoteMarks(Extension):
    """Show the mark of a note that is defined in the text; the parser knows which are."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(NoteMark(NOTE_MARK, md), "footnote", 175)


class NoteMark(InlineProcessor):
    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Any, Any, Any]:
        if match[1] not in self.md.parser.notes:
            return None, None, None
        return etree.Element("sup", {"data-note": match[1]}), match.start(), match.end()


class VisualPictures(Pictures):
    """The pictures of a text, with their tokens; one that is not in the post has no file."""

    def read(self, source: str, alternative: str) -> etree.Element | None:
        found = SOURCE.fullmatch(source.strip())
        if found is None:
            return None
        token = found[1]
        if token in self.known:
            image = image_of(self.known[token], alternative)
        else:
            image = etree.Element("img", {"alt": " ".join(alternative.split())})
        image.set("data-picture", token)
        return image


class VisualCitations(Citations):
    """The citations of a text, each with its source; one of unknown works is a citation as well."""

    def __init__(self, works: Collection[str] = ()):
        super().__init__(works)
        self.sources: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:
        md.ESCAPED_CHARS.append("@")
        md.inlinePatterns.register(VisualInBrackets(IN_BRACKETS, md, self), "citation", 108)
        md.inlinePatterns.register(VisualNarrative(NARRATIVE, md, self), "narrative", 106)

    def source_of(self, text: str) -> str:
        """Return a part of a text without the placeholders of the citations in it."""
        return CITATION.sub(lambda match: self.sources[int(match[1])], text)

    def with_sources(self, html: str) -> str:
        """Return HTML whose placeholders stand in an element that has their source."""
        return WITH_SOURCE.sub(
            lambda match: (
                f'<span data-cite="{escape(self.sources[int(match[2])])}">{match["source"]}</span>'
            ),
            html,
        )


class WithSource(CitationProcessor):
    """Parse a citation, and keep what it was read from; in a link its source is the words."""

    ANCESTOR_EXCLUDES = ("a",)
    citations: VisualCitations

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Any, Any, Any]:
        cluster, end = self.read(match)
        if cluster is None:
            return self.unknown(match)
        source = self.source_of(self.unescape(data[match.start() : end]))
        placeholder = self.citations.stash(cluster)
        self.citations.sources.append(source)
        return placeholder, match.start(), end

    def source_of(self, text: str) -> str:
        return self.citations.source_of(text)

    def unknown(self, match: re.Match[str]) -> Any:
        return None, None, None


class VisualInBrackets(WithSource, InBrackets):
    def unknown(self, match: re.Match[str]) -> Any:
        """Return a citation whose works are all unknown; published it is its typed text."""
        cluster = self._cluster(match)
        if cluster is None:
            return None, None, None
        typed = etree.Element("span", {"data-cite": match[0], "data-unknown": "1"})
        typed.text = AtomicString(match[0])
        return typed, match.start(), match.end()

    @staticmethod
    def _cluster(match: re.Match[str]) -> Cluster | None:
        if "@" not in match[1] or "\x02" in match[1]:
            return None
        return parse_cluster(" ".join(match[1].split()))


class VisualNarrative(WithSource, Narrative):
    def source_of(self, text: str) -> str:
        """Return the source of a citation in the sentence, without needless braces."""
        source = super().source_of(text)
        braced = BRACED.match(source)
        if braced is None or SENTENCE_AFTER_KEY.search(braced[1]):
            return source
        return f"@{braced[1]}{source[braced.end() :]}"
