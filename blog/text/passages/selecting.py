"""
The reader's selection for a comment, and its words in the text.
"""

from dataclasses import dataclass

from blog.text.passages.finding import Place, Quotation, find_quotation
from blog.text.passages.words import PassageText


@dataclass(frozen=True)
class Selection:
    """
    A passage as a form names it: `words` of the version `revision` that its page showed.

    Without words it is the numbered `paragraph` as a whole. A script adds what was around the
    selected words, and `signs_before`, the number of signs before them that are no white space;
    whoever types the words knows none of this.
    """

    revision: int
    words: str = ""
    paragraph: int | None = None
    prefix: str = ""
    suffix: str = ""
    signs_before: int | None = None


def find_selection(source: PassageText, selection: Selection) -> list[Place]:
    """Return the places that a selection can mean: one if that is clear, none if it is not there.

    Words that were typed are looked for in their paragraph.
    """
    numbered = source.paragraphs.get(selection.paragraph or 0)
    if not selection.words.strip():
        return [Place(*numbered)] if numbered else []
    is_typed = selection.signs_before is None
    if is_typed and selection.paragraph and not numbered:
        return []
    return find_quotation(
        source.text,
        Quotation(selection.words, selection.prefix, selection.suffix),
        signs_before=selection.signs_before,
        within=Place(*numbered) if is_typed and numbered else None,
    )
