"""A chapter is read with its editors and its book, however they are parted, or not at all."""

import pytest

from blog.citations.parsers.reference_line import read_reference

SOL = [{"family": "Sol", "given": "B."}]
CHAPTER = {
    "type": "chapter",
    "title": "Ties in schools",
    "author": SOL,
    "issued": {"date-parts": [[2015]]},
    "editor": [{"family": "Mar", "given": "C."}, {"family": "Luna", "given": "A."}],
    "container-title": "Handbook of ties",
    "publisher": "Moor Press",
}
PAGES = {"page": "3-19"}
LONDON = {"publisher-place": "London"}


@pytest.mark.parametrize(
    ("end", "fields"),
    [
        # a comma, a quotation mark or nothing in place of “. In”
        (", In Mar, C. and Luna, A. (eds) Handbook of ties, London: Moor Press, pp.3-19",
         PAGES | LONDON),
        (", in C. Mar & A. Luna (Eds.), Handbook of ties (pp. 3-19). Moor Press.", PAGES),
        ("; in: Mar, C., & Luna, A. (Eds.), Handbook of ties. London: Moor Press.", LONDON),
        (". C. Mar & A. Luna (Eds.), Handbook of ties (pp. 3–19). London: Moor Press.",
         PAGES | LONDON),
        (". Mar, C., & Luna, A. (Eds.), Handbook of ties. Moor Press.", {}),
        # editors of another form
        (". In: Mar C, Luna A, editors. Handbook of ties. Moor Press.",
         {"editor": [{"family": "Mar", "given": "C"}, {"family": "Luna", "given": "A"}]}),
        (". In: Mar C, editor. Handbook of ties (pp. 3-19). Moor Press.",
         PAGES | {"editor": [{"family": "Mar", "given": "C"}]}),
        # publisher and pages of another form
        (". In Mar, C. and Luna, A. (eds.) Handbook of ties. London: Moor Press, pp. 3–19.",
         PAGES | LONDON),
        (". In C. Mar & A. Luna (Eds.), Handbook of ties, Moor Press, London, pp. 3–19.",
         PAGES | LONDON),
        (". In C. Mar & A. Luna (Eds.), Handbook of ties, (pp. 3–19). Moor Press.", PAGES),
        (". In C. Mar & A. Luna (Eds.), Handbook of ties (pp. 3–19), Moor Press.", PAGES),
    ],
)  # fmt: skip
def test_a_chapter_in_its_book(end, fields):
    assert read_reference(f"Sol, B. (2015). Ties in schools{end}") == CHAPTER | fields


@pytest.mark.parametrize(
    "line",
    [
        "Sol, B. (2015) 'Ties in schools' in Mar, C. and Luna, A. (eds.) Handbook of ties. "
        "London: Moor Press, pp. 3–19.",
        "Sol, B. (2015) ‘Ties in schools’, in Mar, C. and Luna, A. (eds) Handbook of ties. "
        "London: Moor Press, pp. 3–19.",
        "Sol, B. (2015) “Ties in schools” In: C. Mar and A. Luna (Eds.), Handbook of ties, "
        "Moor Press, London, pp. 3–19.",
    ],
)
def test_a_chapter_with_its_title_in_quotation_marks(line):
    assert read_reference(line) == CHAPTER | PAGES | LONDON


def test_a_quotation_inside_the_title_does_not_end_it():
    line = (
        "Sol, B. (2015) 'Ties in students' nets' in Mar, C. and Luna, A. (eds.) Handbook of ties. "
        "London: Moor Press, pp. 3–19."
    )

    assert read_reference(line) == {**CHAPTER, **PAGES, **LONDON, "title": "Ties in students' nets"}


@pytest.mark.parametrize(
    "end",
    [
        ", In Handbook of ties, Moor Press.",
        ", in Cy Mar (Ed.), Handbook of ties (pp. 3-19). Moor Press.",
        " in C. Mar (ed.), Handbook of ties. Moor Press.",
        ". Cy Mar (Ed.), Handbook of ties (pp. 3-19). Moor Press.",
        ". Handbook of ties (Ed. C. Mar). Moor Press.",
        ". Handbook of ties (edited by C. Mar). Moor Press.",
        ". Handbook of ties (pp. 3-19). Moor Press.",
        ". Handbook of ties, pp. 3-19. Moor Press.",
        ". In C. Mar, Ed., Handbook of ties. Moor Press.",
        ". In Mar, C., editor. Handbook of ties. Moor Press.",
        ". In Mar, C. (Ed.). Handbook of ties. Moor Press.",
        ". In Mar, C., Handbook of ties, pp. 3-19. Moor Press.",
        ". In Handbook of ties, edited by C. Mar, 3–19. London: Moor Press.",
        ". In Mar, C. Handbook of ties. Moor Press.",
        ", in the Handbook of ties, ed. C. Mar. Moor Press.",
        ". Edited by C. Mar. Moor Press.",
        ". Ed. C. Mar. Moor Press.",
        ". Moor Press (ed.).",
    ],
)
def test_a_chapter_of_no_sure_form_is_not_read(end):
    assert read_reference(f"Sol, B. (2015). Ties in schools{end}") == {}


@pytest.mark.parametrize(
    "title",
    [
        "The journal editor as a gatekeeper",
        "Writers, editors, and readers",
        "Ties in schools, in towns, and in nets",
        "At home, in school: Node.js and ASP.NET",
        "Ties in the U.S. and in St.Gallen",
    ],
)
def test_a_title_may_have_words_of_a_chapter(title):
    article = read_reference(f"Sol, B. (2015). {title}. Journal of Ties, 17(1), 33–49.")
    book = read_reference(f"Sol, B. (2015). {title}. Moor Press.")

    assert (article["title"], article["container-title"]) == (title, "Journal of Ties")
    assert (book["title"], book["publisher"]) == (title, "Moor Press")
