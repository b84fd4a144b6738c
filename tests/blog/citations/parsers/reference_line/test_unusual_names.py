"""Names in natural order, roles and degrees behind names, and what people put before an entry."""

import pytest

from blog.citations.parsers.reference_line import read_reference, whole_entries

REST = "(2012). Ties of towns. Moor Press."


def authors(people):
    return read_reference(f"{people} {REST}").get("author", [])


def person(family, given, **parts):
    return {"family": family, "given": given, **parts}


SOL, LUNA, MAR = person("Sol", "A."), person("Luna", "B."), person("Mar", "C.")


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ("Sol, A. and B. Luna", [SOL, LUNA]),
        ("Sol, A. & B. Luna.", [SOL, LUNA]),
        ("Sol, A. und B. Luna", [SOL, LUNA]),
        ("Sol, A., and B. Luna", [SOL, LUNA]),
        ("Sol, A.; B. Luna", [SOL, LUNA]),
        ("Sol, A., B. Luna, & C. Mar.", [SOL, LUNA, MAR]),
        ("Sol, A., B. Luna and C. Mar", [SOL, LUNA, MAR]),
        ("Sol, A., B. Luna, C. Mar", [SOL, LUNA, MAR]),
        ("Sol, A., Luna, B., & C. Mar", [SOL, LUNA, MAR]),
        ("Sol, A. and B. C. van der Luna", [SOL, person("van der Luna", "B. C.")]),
        ("Sol, A. and B.-C. O’Luna", [SOL, person("O’Luna", "B.-C.")]),
        ("Sol, A. and B. Luna, Jr.", [SOL, person("Luna", "B.", suffix="Jr.")]),
        ("Sol, A., B. Luna, et al.", [SOL, LUNA, {"literal": "others"}]),
        ("A. Sol", [SOL]),
        ("A. Sol and B. Luna", [SOL, LUNA]),
        ("A. Sol, B. Luna", [SOL, LUNA]),
        ("A. Sol, B. Luna, & C. Mar", [SOL, LUNA, MAR]),
        ("World Bank, & B. Luna", [{"literal": "World Bank"}, LUNA]),
        ("U.S. Army", [{"literal": "U.S. Army"}]),
        ("J. Paul Weir Museum", [{"literal": "J. Paul Weir Museum"}]),
        ("St. John, P.", [person("St. John", "P.")]),
        ("Luna, A. Maria", [person("Luna", "A. Maria")]),
        ("García Márquez, Gabriel", [person("García Márquez", "Gabriel")]),
        ("Luna, Ed.", [person("Luna", "Ed.")]),
        ("See, L.", [person("See", "L.")]),
        ("In, H.", [person("In", "H.")]),
        ("B. Luna, P.", [person("B. Luna", "P.")]),
        ("Sol, A., & B. Luna, P.", [SOL, person("B. Luna", "P.")]),
        ("S Hassan, S.", [person("S Hassan", "S.")]),
        ("’t Hooft, G.", [person("’t Hooft", "G.")]),
        ("“Grace” Guo, W.", [person("“Grace” Guo", "W.")]),
    ],
)
def test_initials_may_stand_before_the_family(people, expected):
    assert authors(people) == expected


@pytest.mark.parametrize(
    "people",
    [
        "C. Wright Mills",
        "Ann Sol and Bob Luna",
        "Ann Sol, Bob Luna",
        "Ann Sol, Bob Luna, & Cy Mar",
        "Sol, A., and Bob Luna",
        "Sol, Ann, and Bob Luna",
        "Sol A, B Luna",
        "Sol A, Luna B, C Mar",
        "Dr. Sol, A.",
        "Prof. Sol, A., & Luna, B.",
        "Sol, A., Dr.",
        "Sol, A., PhD.",
        "Sol, A., Ph.D.",
        "Sol, A., M.D., & Luna, B.",
        "Sol, A., PhD, & Luna, B., RN.",
        "Sol, A. PhD",
        "Sol, A., Esq.",
        "Sol, A., Ed., & Luna, B.",
        "Sol, Ann, ed.",
        "گلی کوهن، دنا لوی",
        "สมชาย ใจดี, วิชัย ดีใจ",
    ],
)
def test_names_that_are_not_sure_are_not_read(people):
    assert read_reference(f"{people} {REST}") == {}


@pytest.mark.parametrize(
    "role", [", Ed.", ", ed.", " Ed.", ", Editor.", ", Hrsg.", ", Eds.", " (Ed.)."]
)
@pytest.mark.parametrize(
    ("people", "expected"), [("Sol, A.", [SOL]), ("Sol, A., & Luna, B.", [SOL, LUNA])]
)
def test_a_role_behind_the_names_is_nobody(people, expected, role):
    record = read_reference(f"{people}{role} {REST}")

    assert record.get("editor") == expected
    assert "author" not in record


@pytest.mark.parametrize("names", ["Sol, A.", "Moor Health Organization.", "Sol, A., & Luna, B."])
@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ('"', '"'), ("“", "”"), ("„", "“"), ("'", "'"), ("‘", "’"), ("«", "»"), ("[", "]"),
        ("(", ")"), ("> ", ""), (">> ", ""), ("> > ", ""), ("(1) ", ""), ("a) ", ""), ("# ", ""),
        ("● ", ""),
    ],
)  # fmt: skip
def test_what_is_around_an_entry_is_none_of_it(names, before, behind):
    line = f"{names} {REST}"

    assert read_reference(f"{before}{line}{behind}") == read_reference(line) != {}


@pytest.mark.parametrize("names", ["Sol, A.", "Moor Health Organization."])
@pytest.mark.parametrize(
    "before",
    ['"', "“", "«", "[", "(", "<", "| ", "= ", "† ", "See ", "See also ", "Cf. ", "Cited in ",
     "Adapted from ", "According to ", "Reference: ", "Source: ", "Ref.: ", "Note: "],
)  # fmt: skip
def test_an_entry_behind_other_words_is_not_read(names, before):
    assert read_reference(f"{before}{names} {REST}") == {}


@pytest.mark.parametrize(
    "before", ["Dr. ", "a. ", "iv. ", "In ", "From: ", "Also: ", "[Sol12] ", "[Sol, 2012] ", "‘"]
)
def test_a_family_does_not_begin_with_other_words(before):
    assert read_reference(f"{before}Sol, A. {REST}") == {}


def test_titles_in_quotation_marks_keep_them():
    assert read_reference('"Ties and nets." (2012). Moor Press.')["title"] == '"Ties and nets."'


def test_an_entry_that_a_mail_quotes_over_two_lines_is_one():
    mail = (
        "> Sol, A. (2012). Ties of\n> towns. Moor Press.\n>\n> Luna, B. (2013). Nets. Moor Press."
    )

    assert whole_entries(mail) == [f"Sol, A. {REST}", "Luna, B. (2013). Nets. Moor Press."]


@pytest.mark.parametrize(
    "date",
    ["2012, p. 4", "2012, pp. 4–5", "2012, chap. 3", "2012, para. 3", "2012, Table 3", "2012: 4",
     "2012, emphasis added", "2012, see also", "2012, as cited in Luna", "Latreille 1804"],
)  # fmt: skip
def test_a_citation_is_no_date(date):
    assert read_reference(f"Sol, A. ({date}). Ties of towns. Moor Press.") == {}


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("2012/05/12", {"date-parts": [[2012, 5, 12]]}),
        ("2012-05-12", {"date-parts": [[2012, 5, 12]]}),
        ("2012, 12 May", {"date-parts": [[2012, 5, 12]]}),
        ("2012, forthcoming", {"literal": "2012, forthcoming"}),
    ],
)
def test_a_date_keeps_its_day(date, issued):
    line = f"Sol, A. ({date}). Ties. Moor Site. https://example.org/a"

    assert read_reference(line)["issued"] == issued
