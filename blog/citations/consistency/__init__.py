"""
Hints on whether a text agrees with its references: facts, for which the page finds the words.

Pure, on the lines of a text (``blog.text.lines``) and the records of its works. A text cites by
key, or by hand as in ``(Bui et al., 2023)``; both are compared with the works and with a
reference list typed under the text. Nothing here is an error: names are spelled in many ways, and
a wrong hint costs a glance, so what is doubtful is left out.

``lines`` has the lines of a text, ``typed_citations`` reads the citations and the list typed by
hand, ``references`` finds the work that each of them means, ``quotations`` checks the words between
quotation marks.
"""

from collections.abc import Collection, Iterable, Mapping

from blog.citations.consistency.findings import Finding, Kind
from blog.citations.consistency.lines import Line
from blog.citations.consistency.quotations import check_quotations
from blog.citations.consistency.references import (
    compare_with_references,
    duplicate_references,
    references_of,
)
from blog.citations.consistency.typed_citations import citations_in, split_list

__all__ = ["MAX_FINDINGS", "Finding", "Kind", "check_consistency"]

MAX_FINDINGS = 25  # more hints than these help nobody


def check_consistency(
    lines: Iterable[Line], works: Mapping[str, dict], cited: Collection[str]
) -> tuple[Finding, ...]:
    """Return the findings about a text and its references, in the order of its paragraphs.

    ``works`` maps citation keys to CSL-JSON; ``cited`` has the keys that the text cites. At most
    ``MAX_FINDINGS``, those without a paragraph last. Keys without a work are not here: the
    renderer reports them, and they block publishing.
    """
    references = references_of(works)
    text, typed_list = split_list(list(lines))
    findings = [
        *compare_with_references(citations_in(text), references, typed_list, set(cited)),
        *duplicate_references(references),
        *check_quotations(text, [reference.title for reference in references]),
    ]
    return tuple(sorted(findings, key=lambda f: f.paragraph or 1_000_000)[:MAX_FINDINGS])
