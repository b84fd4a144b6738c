"""A dash in the place of names is the authors of the entry above, or the line is not read."""

import pytest

from blog.citations.parsers.reference_line import read_reference, whole_entries

DASHES = ["———.", "———", "—.", "---.", "--.", "_____", "_____.", "–––.", "— — —.", r"\_\_\_."]
FIRST = "Sol, A. (2012). Guide to knots. Moor Press."
SOL, LUNA = {"family": "Sol", "given": "A."}, {"family": "Luna", "given": "B."}


def authors(*lines):
    """Return the authors of each entry of a list, None for one that is not read."""
    return [read_reference(entry).get("author") for entry in whole_entries("\n\n".join(lines))]


@pytest.mark.parametrize("dash", DASHES)
def test_a_dash_is_the_author_above(dash):
    line = f"{dash} (2013). Guide to ties. Moor Press."

    assert authors(FIRST, line) == [[SOL], [SOL]]
    assert authors(FIRST, line, line.replace("2013", "2014")) == [[SOL]] * 3


def test_the_entries_of_a_numbered_list_have_their_authors():
    assert authors(f"1. {FIRST}", "2. ———. (2013). Guide to ties. Moor Press.") == [[SOL], [SOL]]


@pytest.mark.parametrize("dash", [*DASHES, "* * *", "-.", "″.", '""', "Ibid.", "Idem.", "Id."])
def test_a_dash_alone_is_nobody(dash):
    assert read_reference(f"{dash} (2013). Guide to ties. Moor Press.") == {}
    assert read_reference(f"{dash}, & Luna, B. (2013). Guide to ties. Moor Press.") == {}
    assert read_reference(f"{dash} (Ed.). (2013). Guide to ties. Moor Press.") == {}


def test_all_authors_above_are_meant_and_only_those_of_one_may_have_another_beside():
    pair = "Sol, A., & Luna, B. (2012). Guide to knots. Moor Press."
    alone, joined = (
        f"———{more} (2013). Guide to ties. Moor Press." for more in (".", ", & Luna, B.")
    )

    assert authors(pair, alone) == [[SOL, LUNA]] * 2
    assert authors(FIRST, joined) == [[SOL], [SOL, LUNA]]
    assert authors(pair, joined) == [[SOL, LUNA], None]


@pytest.mark.parametrize(
    "above",
    ["See the course page.", "Guide to knots. (2012). Moor Press.", "Sol: Knots, perhaps 2012?"],
)
def test_a_dash_under_what_is_not_read_is_not_read(above):
    assert authors(above, "———. (2013). Guide to ties. Moor Press.")[-1] is None


def test_an_editor_above_is_not_made_an_author():
    above = "Sol, A. (Ed.). (2012). Guide to knots. Moor Press."

    assert authors(above, "———. (2013). Guide to ties. Moor Press.")[-1] is None
