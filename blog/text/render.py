"""
Render posts and comments to HTML. Called once, when a text is saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from markdown import Markdown

from blog.citations.consistency import typed_citations_of
from blog.text.addresses import Addresses
from blog.text.extensions import comment_markdown, post_markdown
from blog.text.guard import MAX_COMMENT_CHARS, MAX_POST_CHARS, Meter, clean, printable, too_deep
from blog.text.inline_citations import Citations, InsertedCitations, anchor, insert_citations
from blog.text.lines import lines_of
from blog.text.pictures import PictureFiles, Pictures
from blog.text.plain import blocks_of, count_post_words, excerpt, one_line
from blog.text.sanitise import COMMENT_TAGS, INLINE, POST_TAGS, linkify, sanitise

RENDERER_VERSION = 9


@dataclass(frozen=True)
class RenderedReference:
    """
    An entry of the reference list, with the numbers of the paragraphs that cite it.

    `html` is empty for works in the text alone: a letter, or a work cited only through another.
    """

    key: str
    html: str
    cited_in: tuple[int, ...]

    @property
    def anchor(self) -> str:
        return anchor(self.key)


@dataclass(frozen=True)
class Rendered:
    """
    A rendered text, with its excerpt, its counts and its references.

    `paragraphs` is the plain text of the numbered paragraphs, that of `#p1` first; `citations`
    counts works cited in the text, so `[@a; @b]` counts two; `references` lists them, with those
    that are cited by hand; `unknown` holds the keys that no work has, and `unknown_pictures` the
    tokens that no picture of the post has.
    """

    html: str
    excerpt: str
    words: int
    paragraphs: tuple[str, ...]
    citations: int
    references: tuple[RenderedReference, ...]
    unknown: tuple[str, ...]
    unknown_pictures: tuple[str, ...] = ()


def render_post(
    source: str,
    works: Mapping[str, dict] | None = None,
    *,
    prompt: str = "",
    pictures: Mapping[str, PictureFiles] | None = None,
) -> Rendered:
    """
    Render a post's Markdown with its citations of `works` (CSL-JSON by key) and its `pictures`.

    Raises `TextRefused` for a text that is too long or too costly.
    """
    works = works or {}
    meter, citations, addresses = Meter(), Citations(works), Addresses()
    images = Pictures(pictures or {})
    markdown = post_markdown(meter, citations, addresses, images)
    converted = _convert(markdown, clean(source, MAX_POST_CHARS))

    def finish(by_hand: Mapping[str, tuple[int, ...]]) -> tuple[str, InsertedCitations]:
        """Return safe HTML with its citations; the works in `by_hand` are cited by hand."""
        inserted = insert_citations(converted, citations.clusters, works, by_hand)
        return _safe(addresses.restore(inserted.html), POST_TAGS, meter), inserted

    html, inserted = finish({})
    # What is typed by hand is read where it is safe and in order, and may change who is 2014a.
    typed = typed_citations_of(lines_of(html), works) if works else {}
    if typed:
        html, inserted = finish(typed)
    blocks = blocks_of(html)
    return Rendered(
        html=html,
        excerpt=excerpt(blocks, prompt),
        words=count_post_words(blocks, prompt),
        paragraphs=tuple(one_line(block.text) for block in blocks if block.numbered),
        citations=inserted.count,
        references=tuple(
            RenderedReference(entry.key, _entry(entry.html), inserted.cited_in.get(entry.key, ()))
            for entry in inserted.entries
        ),
        unknown=tuple(citations.unknown),
        unknown_pictures=tuple(images.unknown),
    )


def render_comment(source: str) -> Rendered:
    """
    Render a comment's Markdown: a smaller set of marks, no citations, no numbered paragraphs.

    Raises `TextRefused` as `render_post` does.
    """
    meter, addresses = Meter(), Addresses()
    html = _convert(comment_markdown(meter, addresses), clean(source, MAX_COMMENT_CHARS))
    html = _safe(addresses.restore(html), COMMENT_TAGS, meter)
    blocks = blocks_of(html)
    return Rendered(html, excerpt(blocks), count_post_words(blocks), (), 0, (), ())


def render_question(source: str) -> tuple[str, str]:
    """
    Render a prompt's question as a comment; return its HTML and its words, a line for each block.

    Raises `TextRefused` as `render_post` does.
    """
    html = render_comment(source).html
    return html, "\n".join(one_line(block.text) for block in blocks_of(html) if block.text)


def _convert(md: Markdown, source: str) -> str:
    try:
        return md.convert(source)
    except RecursionError:
        raise too_deep() from None


def _entry(html: str) -> str:
    """Return a safe entry of the reference list; its words come from a work, not from a text."""
    return sanitise(linkify(printable(html)), INLINE)


def _safe(html: str, tags: set[str], meter: Meter) -> str:
    """Return safe HTML; sanitising costs by length and, above all, by tags and entities."""
    meter.charge(2 * len(html) + 60 * (html.count("<") + html.count("&")))
    return sanitise(linkify(html), tags)
