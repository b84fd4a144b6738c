"""Names on one line: initials, and the order of a list of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text.names import initials, numbered_key, short_names, sort_key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mina Okafor", "MO"),
        ("mina van der okafor", "MO"),
        ("Mina", "M"),
        ("Mina Okafor (she/her)", "MO"),
        ("Mina Okafor, PhD", "MO"),
        ("“Élodie” D’Arcy", "ÉD"),
        ("E\u0301lodie Roy", "ÉR"),
        ("ß", "ß"),
        ("Ngô Thị Mai", "NM"),
        ("田中 太郎", "田"),
        ("محمد علي", "م"),
        ("क्षमा राव", "क्"),
        ("R2 D2", "RD"),
        ("(she/her)", "S"),
        ("🙂 🙂", ""),
        ("", ""),
    ],
)
def test_initials_of_a_name(name, expected):
    assert initials(name) == expected


@given(st.text(max_size=60))
def test_initials_are_short_and_never_fail(name):
    assert len(initials(name).split()) <= 1
    sort_key(name, "en")


def in_order(names, language):
    return sorted(names, key=lambda name: sort_key(name, language))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Zoe Abara", "Cher", "Ada Luna", "Bea Luna", "Ann Östberg", "Al Ott"]),
        ("en-ca", ["Ann Åberg", "Bo Berg", "Cy Luna Jr.", "Di Moss (they)"]),
        ("sv", ["Al Ott", "Bo Zander", "Ann Åberg", "Cy Öman"]),
        ("da", ["Bo Zander", "Al Ørsted", "Ann Åberg"]),
        ("es", ["Ana Nuñez", "Eva Nuño", "Luz Ñandu", "Ida Oria"]),
        ("cs", ["Al Cibula", "Bo Čapek", "Cy Dvořák"]),
        ("hu", ["Ács Éva", "Bartók Béla", "Kiss Anna"]),
    ],
)
def test_people_are_sorted_by_family_name_as_the_language_does(language, names):
    assert in_order(reversed(names), language) == names


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Ana Luna", "Ben Ito"], ["Ana", "Ben"]),
        (["Ana Luna", "Ana Maro", "Ben Ito"], ["Ana L.", "Ana M.", "Ben"]),
        (["Ana Luna", "ana López", "Ana Maro"], ["A. Luna", "A. López", "A. Maro"]),
        (["Ana", "Ana Luna"], ["Ana", "Ana L."]),
        (["Person 1", "Person 17", "Person 176"], ["P. 1", "P. 17", "P. 176"]),
        (["Ana Luna", "Ana Luna"], ["Ana", "Ana"]),
        (["Ana B Luna", "Ana C Luna"], ["Ana B Luna", "Ana C Luna"]),
        (["李 明", "李 华"], ["李 明", "李 华"]),
        ([], []),
    ],
)
def test_names_are_as_short_as_they_differ(names, expected):
    assert list(short_names(dict(enumerate(names))).values()) == expected


@given(st.lists(st.text(alphabet="aAbéЖ李 .-(1", min_size=1, max_size=12), max_size=6))
def test_short_names_differ_where_names_do(names):
    short = short_names(dict(enumerate(names)))

    assert list(short) == list(range(len(names)))
    assert len({one.casefold() for one in short.values()}) >= len({n.casefold() for n in names})


def test_names_of_groups_are_sorted_by_their_numbers():
    names = ["Pod 10", "pod 2", "Pod 1", "Kelp", "Pod", "2 pods", "10 pods", "Pod 2b", ""]

    assert sorted(names, key=numbered_key) == [
        *("", "2 pods", "10 pods", "Kelp", "Pod", "Pod 1", "pod 2", "Pod 2b", "Pod 10")
    ]


@given(st.lists(st.text(alphabet="Pod 0123²٣é-", max_size=8)))
def test_any_names_of_groups_can_be_sorted(names):
    in_order = sorted(names, key=numbered_key)
    names.reverse()

    assert sorted(names, key=numbered_key) == in_order
