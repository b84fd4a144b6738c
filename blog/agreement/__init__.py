"""
Do a text and its references agree? Hints for the writer, in facts; the page finds the words.

Pure, on a rendered text and the records of the works on its shelf. Citations may stand in the text
as keys or as somebody typed them, ``(Bui et al., 2023)``; both are held against the shelf and
against a list of references that was typed under the text. Nothing here is an error: names are
spelled in many ways, and a hint that is wrong costs a glance, so what is doubtful is left out.

``blocks`` reads the rendered text, ``typed`` the citations and the list that people type,
``sources`` says which work they mean, ``quotations`` looks at what stands in quotation marks.
"""

from collections.abc import Mapping

from blog.agreement.blocks import read
from blog.agreement.findings import Finding, Kind
from blog.agreement.quotations import in_quotation_marks
from blog.agreement.sources import against_list, doubled, on_shelf
from blog.agreement.typed import citations_in, split_list
from blog.text import Rendered

__all__ = ["MOST", "Finding", "Kind", "check"]

MOST = 25  # more hints than these help nobody


def check(rendered: Rendered, works: Mapping[str, dict]) -> tuple[Finding, ...]:
    """Return what does not agree in a text, in the order of its paragraphs.

    ``works`` maps the keys of the shelf to CSL-JSON. Keys that the shelf does not have are not
    here: they are in ``rendered.unknown``, and keep a text from being published.
    """
    shelf = on_shelf(works)
    text, listed = split_list(read(rendered.html))
    cited = {reference.key for reference in rendered.references}
    found = [
        *against_list(citations_in(text), shelf, listed, cited),
        *doubled(shelf),
        *in_quotation_marks(text, [source.title for source in shelf]),
    ]
    return tuple(sorted(found, key=lambda finding: finding.paragraph or 1_000_000)[:MOST])
