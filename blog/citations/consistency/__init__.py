"""
Compare a text with its references. Hints for the writer, in facts; the page finds the words.

Pure, on the lines of a text (``blog.text.lines``) and the records of its works. A text cites by
key or as somebody typed it, ``(Bui et al., 2023)``; both are compared with the works and with a
reference list typed under the text. Nothing here is an error: names are spelled in many ways, and
a wrong hint costs a glance, so what is doubtful is left out.

``lines`` says what a text is made of, ``typed`` reads the citations and the list that people type,
``sources`` says which work they mean, ``quotations`` looks at what stands in quotation marks.
"""

from collections.abc import Collection, Iterable, Mapping

from blog.citations.consistency.findings import Finding, Kind
from blog.citations.consistency.lines import Line
from blog.citations.consistency.quotations import in_quotation_marks
from blog.citations.consistency.sources import against_list, doubled, on_shelf
from blog.citations.consistency.typed import citations_in, split_list

__all__ = ["MAX_FINDINGS", "Finding", "Kind", "check_consistency"]

MAX_FINDINGS = 25  # more hints than these help nobody


def check_consistency(
    lines: Iterable[Line], works: Mapping[str, dict], cited: Collection[str]
) -> tuple[Finding, ...]:
    """Return what does not agree in a text, in the order of its paragraphs.

    ``works`` maps citation keys to CSL-JSON; ``cited`` has the keys that the text cites. Keys
    without a work are not here: the renderer reports them, and they block publishing.
    """
    shelf = on_shelf(works)
    text, listed = split_list(list(lines))
    found = [
        *against_list(citations_in(text), shelf, listed, set(cited)),
        *doubled(shelf),
        *in_quotation_marks(text, [source.title for source in shelf]),
    ]
    return tuple(sorted(found, key=lambda finding: finding.paragraph or 1_000_000)[:MAX_FINDINGS])
