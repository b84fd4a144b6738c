"""Names of files and of the form between which stands another sign than the format knows."""

import pytest

from blog.citations.parsers import read_references
from blog.citations.parsers.bibtex_names import read_bibtex_names
from blog.citations.parsers.form_fields import form_values, parse_names, repeats_another
from blog.citations.parsers.reference_line import read_reference
from blog.citations.parsers.ris import read_person


def person(family, given, **parts):
    return {"family": family, "given": given, **parts}


def whole(*names):
    return [{"literal": name} for name in names]


def bibtex(names):
    people = read_references(f"@misc{{k, author={{{names}}}, title={{Ties}}, year=2012}}")[0]
    return people["author"]


def ris(name):
    return [{part: text for part, text in one.items() if text} for one in read_person(name)]


PEOPLE = [person("Sol", "Ann"), person("Luna", "Bob")]
SIGNS = [" / ", "/", " | ", "|", " · ", " • ", " + ", " – ", " — ", " -- ", "; ", " & ", " with "]


@pytest.mark.parametrize("between", SIGNS)
def test_every_sign_parts_two_people(between):
    for read in (bibtex, ris, parse_names):
        assert read(f"Sol, Ann{between}Luna, Bob") == PEOPLE
    for read in (bibtex, parse_names):
        assert read(f"Ann Sol{between}Bob Luna") == PEOPLE
    assert ris(f"Ann Sol{between}Bob Luna") == whole("Ann Sol", "Bob Luna")


@pytest.mark.parametrize(
    "between", [r" \& ", r" {\&} ", r" \textbar{} ", r" \textbar\ ", " $|$ ", r" \slash{} "]
)
def test_commands_for_signs_part_people_too(between):
    assert bibtex(f"Ann Sol{between}Bob Luna") == PEOPLE


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (r"World Bank \& IMF", "World Bank & IMF"),
        (r"Sol \& Luna", "Sol & Luna"),
        (r"Sol, Luna \& Mar", "Sol, Luna & Mar"),
        (r"Marks \& Weir Ltd", "Marks & Weir Ltd"),
        (r"AT\&T Labs", "AT&T Labs"),
        ("World Bank / IMF", "World Bank / IMF"),
        ("UNESCO / IBE", "UNESCO / IBE"),
        ("World Bank | IMF", "World Bank | IMF"),
        ("Sol + Luna", "Sol + Luna"),
        ("AC/DC", "AC/DC"),
        (r"{World Bank \& IMF}", "World Bank & IMF"),
    ],
)
def test_a_sign_never_makes_a_family_of_a_group(written, name):
    assert bibtex(written) == whole(name)
    assert ris(name) == whole(name)
    assert parse_names(name) == whole(name)


def apa(name):
    return read_reference(f"{name} (2010). On ties. Moor Press.").get("author", [])


@pytest.mark.parametrize(
    "name",
    [
        "U.S. Department of Ties, Office of Moor Technology",
        "Ministry of Ties, Training and Work",
        "United Nations, Department of Moor and Social Affairs",
        "United Nations, Department of Moors, Population Division",
        "Great Britain, Parliament, House of Commons",
        "Department of Health, Ties, and Welfare",
        "BBC News, World Service",
        "World Bank, Research Group",
        "U.S. Navy, Moor Fleet",
        "The Bible, King James Version",
        "Centers for Ties and Prevention, National Center for Nets",
        "Moor, Inc.",
        "Moor Publications, Ltd.",
    ],
)
def test_the_comma_of_a_group_parts_no_name(name):
    assert [bibtex(name), ris(name), parse_names(name), apa(name)] == [whole(name)] * 4


@pytest.mark.parametrize(
    ("name", "given"),
    [("Luna, Courtney", "Courtney"), ("Luna, Ann Banks", "Ann Banks"), ("Bank, Ann", "Ann")]
    + [("Court, Tom", "Tom"), ("Union, A. B.", "A. B.")],
)
def test_a_name_like_the_word_for_a_group_is_a_persons(name, given):
    expected = [person(name.partition(",")[0], given)]

    assert [bibtex(name), ris(name), parse_names(name), apa(name)] == [expected] * 4


@pytest.mark.parametrize("between", [r" \& ", " & ", " / ", " | ", " and "])
def test_groups_in_braces_are_parted(between):
    assert read_bibtex_names(f"{{World Bank}}{between}{{IMF}}") == whole("World Bank", "IMF")


@pytest.mark.parametrize("read", [bibtex, ris, parse_names])
@pytest.mark.parametrize(
    "behind",
    [", et al.", " et al.", ", et al", ", & others", ", and others", ", u. a.", ", y otros", ", …"],
)
def test_others_are_no_part_of_a_name(read, behind):
    assert read(f"Sol, Ann{behind}") == [person("Sol", "Ann"), *whole("others")]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Sol et al.", whole("Sol", "others")),
        ("et al.", whole("others")),
        ("Sol A, et al.", [person("Sol", "A."), *whole("others")]),
        ("Sol, A., Jr., et al.", [person("Sol", "A.", suffix="Jr."), *whole("others")]),
        (
            "Sol, A., Luna, B., et al.",
            [person("Sol", "A."), person("Luna", "B."), *whole("others")],
        ),
        ("陈丽华、赵刚", whole("陈丽华", "赵刚")),
        ("陈丽华，赵刚", whole("陈丽华", "赵刚")),
        ("박서준, 최은영", whole("박서준", "최은영")),
        ("伊藤美咲・中村大輔", whole("伊藤美咲", "中村大輔")),
        ("伊藤, 美咲", [person("伊藤", "美咲")]),  # as the form asks for it
    ],
)
def test_a_line_of_the_form_has_all_its_people(line, people):
    assert parse_names(line) == people


@pytest.mark.parametrize(
    "people",
    [
        [person("Sol", "A."), *whole("others")],
        whole("陈丽华", "赵刚"),
        whole("陈丽华、赵刚"),
        whole("Sol et al."),
        whole("Ann Sol / Bob Luna"),
        [person("伊藤", "美咲")],
    ],
)
def test_names_that_the_form_shows_are_read_back(people):
    shown = form_values({"type": "book", "author": people})["authors"]

    assert [name for line in shown.splitlines() for name in parse_names(line)] == people


@pytest.mark.parametrize("line", ["———", "---", "—", "_____", "— — —", "———.", "Ibid.", "idem"])
def test_a_sign_for_the_names_above_is_no_name(line):
    assert repeats_another(f"Sol, A.\n{line}")


@pytest.mark.parametrize("line", ["Sol, A.", "Jean-Luc", "Ibid Press", "", "!!!"])
def test_names_with_a_dash_are_names(line):
    assert not repeats_another(line)
