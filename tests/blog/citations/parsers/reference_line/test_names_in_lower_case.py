"""People who write their names small: each is one person, or the line is not read."""

import pytest

from blog.citations.csl.names import listed, read_names
from blog.citations.parsers.form_fields import parse_names
from blog.citations.parsers.reference_line import read_reference

HOOKS, BOYD = {"family": "hooks", "given": "bell"}, {"family": "boyd", "given": "danah"}
SOL, LUNA = {"family": "Sol", "given": "Ann"}, {"family": "Luna", "given": "Ada"}


def line(names):
    return f"{names} (2014). Guide to ties. Moor Press."


@pytest.mark.parametrize(
    ("names", "people"),
    [
        ("hooks, bell.", [HOOKS]),
        ("boyd, danah", [BOYD]),
        ("Sol, Ann, & hooks, bell.", [SOL, HOOKS]),
        ("hooks, bell, & Sol, Ann.", [HOOKS, SOL]),
        ("hooks, bell, and boyd, danah.", [HOOKS, BOYD]),
        ("Luna, Ada, hooks, bell, & Sol, Ann.", [LUNA, HOOKS, SOL]),
        ("Sol, Ann; hooks, bell.", [SOL, HOOKS]),
        ("boyd, danah m.", [{"family": "boyd", "given": "danah m."}]),
        ("de beauvoir, simone.", [{"family": "de beauvoir", "given": "simone"}]),
        ("díaz-ruiz, anna-lena.", [{"family": "díaz-ruiz", "given": "anna-lena"}]),
        ("иванов, иван.", [{"family": "иванов", "given": "иван"}]),
        ("hooks, b., & Sol, A.", [HOOKS | {"given": "b."}, SOL | {"given": "A."}]),
    ],
)
def test_a_name_in_lower_case_is_one_person(names, people):
    record = read_reference(line(names))

    assert (record["author"], record["title"]) == (people, "Guide to ties")


@pytest.mark.parametrize("names", ["hooks, bell", "Sol, Ann & hooks, bell", "boyd, danah m."])
def test_the_form_and_the_line_agree(names):
    assert parse_names(names) == read_reference(line(names))["author"]


@pytest.mark.parametrize(
    ("names", "printed"),
    [
        ("cummings, e. e.", "cummings, e. e."),
        ("lang, k. d.", "lang, k. d."),
        ("hooks, bell.", "hooks, b."),
        ("Silva, R. de", "Silva, R. de"),
    ],
)
def test_initials_in_lower_case_keep_their_stops(names, printed):
    people, _more = read_names(read_reference(line(names))["author"])

    assert listed(people) == printed


@pytest.mark.parametrize(
    "names",
    [
        "Facebook, wechat.",
        "Boyd, danah.",
        "Sol, A., & hooks, bell.",
        "hooks, bell, & Sol, A.",
        "Luna, Ada, & Sol, B.",
        "Sol, B., Luna, Ada, & Mar, C.",
    ],
)
def test_what_may_be_one_person_or_two_is_not_read(names):
    assert read_reference(line(names)) == {}


@pytest.mark.parametrize(
    ("names", "people"),
    [
        ("Sol, A., & UNESCO.", [{"family": "Sol", "given": "A."}, {"literal": "UNESCO"}]),
        ("Plato, & Luna, A.", [{"literal": "Plato"}, {"family": "Luna", "given": "A."}]),
        (
            "Google, Facebook, & Twitter.",
            [{"literal": n} for n in ("Google", "Facebook", "Twitter")],
        ),
        ("bell hooks.", [{"literal": "bell hooks"}]),
    ],
)
def test_groups_stay_groups(names, people):
    assert read_reference(line(names))["author"] == people
