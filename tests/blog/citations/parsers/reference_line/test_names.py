"""The people and groups before the date of an entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.csl.names import listed, read_names
from blog.citations.parsers.reference_line import names as line_names
from blog.citations.parsers.reference_line import read_reference


def authors(people):
    return read_reference(f"{people} (2020). Guide to ties. Moor Press.").get("author")


def person(family, given, **parts):
    return {"family": family, "given": given, **parts}


def whole(*names):
    return [{"literal": name} for name in names]


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Education and Research",
        "Ministry of Agriculture, Fisheries, and Food",
        "Department of Education, Training and Employment",
        "Centers for Ties & Knots",
        "National Academies of Sciences, Engineering, and Medicine",
        "Nets, Knots, and Weirs Association",
        "Marks & Weir",
        "U.S. Department of Nets and Human Services, National Institutes of Weirs",
        "Ministère de l’Éducation nationale et de la Jeunesse",
        "Bundesministerium für Bildung und Forschung",
        "Heron & Sons, Inc.",
        "World Health Organization",
        "UNESCO",
        "bell hooks",
        "Plato",
        "정영식",
        "王小明",
    ],
)
def test_a_name_without_initials_is_one_author(name):
    assert authors(f"{name.removesuffix('.')}.") == whole(name)


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ("World Health Organization, & United Nations Children’s Fund.",
         whole("World Health Organization", "United Nations Children’s Fund")),
        ("UNICEF, & WHO.", whole("UNICEF", "WHO")),
        ("Ministry of Ties and Knots, & Luna, A.",
         [*whole("Ministry of Ties and Knots"), person("Luna", "A.")]),
        ("Luna, A., & Department of Ties, Knots and Nets.",
         [person("Luna", "A."), *whole("Department of Ties, Knots and Nets")]),
        ("정영식, 박종필, & 송교준.", whole("정영식", "박종필", "송교준")),
        ("王小明, & 李華.", whole("王小明", "李華")),
        ("王小明, & Luna, A.", [*whole("王小明"), person("Luna", "A.")]),
        ("כהן, גילי.", [person("כהן", "גילי")]),
        ("Иванов, И. П., & Петрова, А.", [person("Иванов", "И. П."), person("Петрова", "А.")]),
        ("hooks, b.", [person("hooks", "b.")]),
        ("van der Kolk, B., & de la Luna Sol, A.",
         [person("van der Kolk", "B."), person("de la Luna Sol", "A.")]),
        ("da silva, m.", [person("da silva", "m.")]),
        ("El-Sayed, A., & abu Zayd, N.", [person("El-Sayed", "A."), person("abu Zayd", "N.")]),
        ("Mac an Ghaill, M.", [person("Mac an Ghaill", "M.")]),
        ("Luna A, et al.", [person("Luna", "A."), *whole("others")]),
        ("Luna A., et al.", [person("Luna", "A."), *whole("others")]),
        ("Luna, A., Sol, B., & Sol, C., III.",
         [person("Luna", "A."), person("Sol", "B."), person("Sol", "C.", suffix="III")]),
        ("King, M. L., Jr., & Sol, B.",
         [person("King", "M. L.", suffix="Jr."), person("Sol", "B.")]),
        ("King, Martin Luther, Jr.", [person("King", "Martin Luther", suffix="Jr.")]),
        ("Luna, Ada, & King, Martin Luther, Jr.",
         [person("Luna", "Ada"), person("King", "Martin Luther", suffix="Jr.")]),
        ("King, Martin Luther, Jr., Luna, Ada, & Sol, Bo, III.",
         [person("King", "Martin Luther", suffix="Jr."), person("Luna", "Ada"),
          person("Sol", "Bo", suffix="III")]),
        ("Silva, R. e S. H. da.", [person("Silva", "R. e S. H. da")]),
        ("Medeiros, E. S. de, & Souza, S. A. de.",
         [person("Medeiros", "E. S. de"), person("Souza", "S. A. de")]),
        ("de la Torre, J., & van ’t Hof, M.",
         [person("de la Torre", "J."), person("van ’t Hof", "M.")]),
        ("Luna, A. [@ada].", [person("Luna", "A. [@ada]")]),
        ("Moor Museum [@moor].", whole("Moor Museum [@moor]")),
        ("Yu, X. (Bill), & Sol, B.", [person("Yu", "X. (Bill)"), person("Sol", "B.")]),
        ("Luna, A. and Sol, B.", [person("Luna", "A."), person("Sol", "B.")]),
        ("Luna, A.; Sol, B.", [person("Luna", "A."), person("Sol", "B.")]),
        ("Luna, A & Sol, BC", [person("Luna", "A."), person("Sol", "BC")]),
        ("Luna A, van Dijck BC.", [person("Luna", "A."), person("van Dijck", "B. C.")]),
        ("Luna, J.-P., & Sol, Yu. A.", [person("Luna", "J.-P."), person("Sol", "Yu. A.")]),
        ("Luna, Ada, & Sol, Bo.", [person("Luna", "Ada"), person("Sol", "Bo")]),
        ("Turkle S.", [person("Turkle", "S.")]),
        ("Turkle S. A.", [person("Turkle", "S. A.")]),
        ("van Dijck J.-A.", [person("van Dijck", "J.-A.")]),
        ("Turkle S. & Sol B.", [person("Turkle", "S."), person("Sol", "B.")]),
        ("Turkle S., Sol B. and Luna A. M.",
         [person("Turkle", "S."), person("Sol", "B."), person("Luna", "A. M.")]),
        ("Ministry of Ties U. S.", whole("Ministry of Ties U. S.")),
        ("Turkle Inc.", whole("Turkle Inc.")),
        ("Luna, A., Sol, B., et al.",
         [person("Luna", "A."), person("Sol", "B."), *whole("others")]),
        ("Luna, A., . . . Vega, B.",
         [person("Luna", "A."), person("Vega", "B."), *whole("others")]),
        ("Luna, A., Sol, B., … & Vega, B.",
         [person("Luna", "A."), person("Sol", "B."), person("Vega", "B."), *whole("others")]),
        ("Rossi, Mario e Bianchi, Luca", [person("Rossi", "Mario"), person("Bianchi", "Luca")]),
        ("UNESCO/IBE.", whole("UNESCO/IBE")),
        ("Ministério da Educação e Cultura.", whole("Ministério da Educação e Cultura")),
        ("Statistics Canada, & Employment and Social Development Canada.",
         [*whole("Statistics Canada"), *whole("Employment and Social Development Canada")]),
    ],
)  # fmt: skip
def test_initials_decide_where_a_name_ends(people, expected):
    assert authors(people) == expected


def test_the_acronym_of_a_group_is_its_short_name():
    assert authors("Moor Health Organization (MHO).") == [
        {"literal": "Moor Health Organization", "short": "MHO"}
    ]


def test_each_role_has_its_people():
    record = read_reference(
        "Luna, A. (Writer), & Sol, B. (Director). (2013, May 5). Nets (Season 5, Episode 14) "
        "[TV series episode]. In V. Mar (Executive Producer), Weirs. Moor TV."
    )

    assert {role: record[role] for role in ("script-writer", "director", "executive-producer")} == {
        "script-writer": [person("Luna", "A.")],
        "director": [person("Sol", "B.")],
        "executive-producer": [{"family": "Mar", "given": "V."}],
    }


FAMILY = st.sampled_from(
    [
        "Luna",
        "O’Neil",
        "Weir-Holm",
        "van der Moor",
        "de la Torre",
        "Sørlie",
        "Łapka",
        "Li",
        "Al-Amin",
    ]
)
GIVEN = st.sampled_from(["A.", "B. C.", "J.-P.", "M. de", "Yu.", "A. B. C. D."])
PEOPLE = st.builds(person, FAMILY, GIVEN) | st.builds(
    person, FAMILY, GIVEN, suffix=st.sampled_from(["Jr.", "Sr.", "II", "III", "IV"])
)
GROUPS = st.sampled_from(
    ["Bui Phu Hung", "정영식", "World Health Organization", "UNESCO", "Ministry of Ties and Knots"]
).map(lambda name: {"literal": name})


@given(st.lists(PEOPLE | GROUPS, min_size=1, max_size=19))
def test_names_that_the_list_prints_are_read_back(people):
    printed = listed(read_names(people)[0])

    assert read_names(line_names.read_names(printed)) == read_names(people)


BETWEEN = [" / ", "/", "; ", " · ", " • ", " und ", " et ", " y ", " e ", " & ", " and ", " | "]


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize(
    "names",
    [
        [("Müller", "Hans"), ("Schmidt", "Karla")],
        [("Müller", "H."), ("Schmidt", "K.")],
        [("Müller", "H. J."), ("van Dijck", "K.")],
    ],
)
def test_every_separator_parts_two_authors(names, between):
    line = between.join(f"{family}, {given}" for family, given in names)

    record = read_reference(f"{line} (1977): Die Badewanne. Suhrkamp.")

    assert record["author"] == [person(family, given) for family, given in names]


@pytest.mark.parametrize("between", [" / ", "/", "; ", " · "])
def test_every_separator_parts_three_authors(between):
    line = between.join(["Müller, Hans", "Schmidt, Karla", "Weber, Eva"])

    record = read_reference(f"{line} (1977): Die Badewanne. Suhrkamp.")

    assert [name["family"] for name in record["author"]] == ["Müller", "Schmidt", "Weber"]


@pytest.mark.parametrize("dots", ["…", "...", ". . ."])
@pytest.mark.parametrize("last", ["Zhao, Q.", "& Zhao, Q."])
def test_authors_left_out_are_not_forgotten(dots, last):
    record = read_reference(
        f"Li, X., Wang, Z., {dots} {last} (2020). Ties. Journal of Ties, 3(1), 1–9."
    )

    assert [name.get("family", name.get("literal")) for name in record["author"]] == [
        *("Li", "Wang", "Zhao", "others")
    ]


def test_an_entry_of_twenty_names_is_printed_as_it_was_typed():
    names = ", ".join(f"A{chr(97 + n)}, B." for n in range(19))
    line = f"{names}, . . . Zhao, Q. (2020). Ties. Journal of Ties, 3(1), 1–9."

    assert listed(*read_names(read_reference(line)["author"])[:1], more=True) == names + (
        ", . . . Zhao, Q."
    )


@pytest.mark.parametrize(
    "line",
    [
        "Müller, Hans und Karla Schmidt (1977): Die Badewanne. Suhrkamp.",
        "Müller, Hans, and Karla Schmidt. (1977). The tub. Suhrkamp.",
        "Müller, Hans, Eva Weber, and Karla Schmidt. (1977). The tub. Suhrkamp.",
    ],
)
def test_names_in_two_orders_are_no_groups(line):
    people = read_reference(line).get("author", [])

    assert {"literal": "Müller"} not in people
