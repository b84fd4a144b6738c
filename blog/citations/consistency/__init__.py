"""
Hints on whether a text agrees with its references: facts, for which the page finds the words.

Pure, on the lines of a text (``blog.text.lines``) and the records of its works. A text cites by
key, or by hand as in ``(Bui et al., 2023)``; both are compared with the works and with a
reference list typed under the text. Nothing here is an error: names are spelled in many ways, and
a wrong hint costs a glance, so what is doubtful is left out.

``lines`` has the lines of a text, ``grammar`` the shapes of citations typed by hand, ``lower_case``
which words without a capital are names, and ``typed_citations`` the citations and the list in them.
``exact`` says which work a citation cites beyond doubt: the renderer lists it. ``references`` finds
what is left in doubt, ``proximity`` what may be cited in a shape that ``grammar`` does not know.
``linking`` finds where a key can replace a citation, ``linked_groups`` writes it, on the source
with a ``source_map`` of what its readers see; ``quotations`` checks the words between quotation
marks.
"""

from collections.abc import Collection, Iterable, Mapping

from blog.citations.consistency.exact import cited_by_hand
from blog.citations.consistency.findings import Candidate, Finding, Kind
from blog.citations.consistency.lines import MARKED, Line
from blog.citations.consistency.linking import TypedLink, links_in
from blog.citations.consistency.proximity import Nearness
from blog.citations.consistency.quotations import check_quotations
from blog.citations.consistency.references import (
    compare_with_references,
    duplicate_references,
    references_of,
)
from blog.citations.consistency.typed_citations import citations_in, joined, split_list
from blog.citations.csl.fields import folded

__all__ = [
    "MAX_ASKED",
    "MAX_FINDINGS",
    "Candidate",
    "Finding",
    "Kind",
    "Line",
    "TypedLink",
    "check_consistency",
    "links_for_typed_citations",
    "typed_citations_of",
]

MAX_FINDINGS = 25  # more hints than these help nobody
MAX_ASKED = 500  # before publishing, as many as the citations read in one text
# What is published without an entry in the list under its post.
UNLISTED = {Kind.NOT_IN_REFERENCES, Kind.NOT_EXACT, Kind.SEVERAL, Kind.OTHER_YEAR}


def check_consistency(
    lines: Iterable[Line],
    works: Mapping[str, dict],
    cited: Collection[str],
    *,
    most: int = MAX_FINDINGS,
) -> tuple[Finding, ...]:
    """Return the findings about a text and its references, in the order of its paragraphs.

    ``works`` maps citation keys to CSL-JSON; ``cited`` has the keys of the works that the renderer
    lists. At most ``most``, citations before other hints; those without a paragraph come last.
    Keys without a work are not here: the renderer reports them.
    """
    references = references_of(works)
    text, typed_list = split_list(list(lines))
    by_key = " ".join(folded(cited) for line in text for cited in line.cited_by_key)
    blocks = (MARKED.sub(" ", block) for _paragraph, block in joined(text))
    findings = [
        *compare_with_references(
            citations_in(text), works, typed_list, set(cited), by_key, Nearness(blocks)
        ),
        *duplicate_references(references),
        *check_quotations(text, [reference.title for reference in references]),
    ]
    findings.sort(key=_place)
    kept = sorted(findings, key=lambda finding: finding.kind not in UNLISTED)[:most]
    return tuple(sorted(kept, key=_place))


def typed_citations_of(
    lines: Iterable[Line], works: Mapping[str, dict]
) -> dict[str, tuple[int, ...]]:
    """Return the keys of the works that a text cites by hand beyond doubt, with the paragraphs.

    ``works`` maps citation keys to CSL-JSON. Citations inside a typed list are none.
    """
    if not works:
        return {}
    text, _typed_list = split_list(list(lines))
    citations = citations_in(text)
    return cited_by_hand(citations, works) if citations else {}


def links_for_typed_citations(
    source: str,
    lines: Iterable[Line],
    works: Mapping[str, dict],
    wanted: Mapping[str, str] | None = None,
) -> list[TypedLink]:
    """Return possible links for the citations by hand in a text; nothing is changed.

    ``lines`` are those of the rendered ``source``, and only the renderer knows which of the places
    are words of the text (``blog.text.rewriting``). What cites a work beyond doubt is here, and
    what is in ``wanted``, which maps citations to chosen keys; where that is given, only places
    that have one of these.
    """
    text, _typed_list = split_list(list(lines))
    return links_in(source, citations_in(text), works, wanted)


def _place(finding: Finding) -> int:
    return finding.paragraph or 1_000_000
