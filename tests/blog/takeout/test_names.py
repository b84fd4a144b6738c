"""Names of files that every system can hold, whatever somebody typed."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from blog.takeout.names import MAX_NAME_BYTES, Names, safe_name


def test_names_are_safe_on_every_system():
    assert safe_name("Weak ties: a/b\\c?") == "Weak-ties-a-b-c"
    assert safe_name("CON") == "CON-"
    assert safe_name("aux.md") == "aux-md"
    assert safe_name("../../etc/passwd") == "etc-passwd"
    assert safe_name("日本の庭") == "日本の庭"
    assert safe_name("evil\u202egnp.exe") == "evilgnp-exe"
    assert safe_name("…\u200b. ") == "…"
    assert safe_name(" \x00 ", "post") == "post"
    assert len(safe_name("字" * 200).encode()) <= MAX_NAME_BYTES


def test_names_of_a_folder_differ_on_every_system():
    names = Names()

    given_away = [names.new(words) for words in ("Ties", "ties", "Café", "Cafe\u0301", "Ties-2")]

    folded = {unicodedata.normalize("NFKC", name.casefold()) for name in given_away}
    assert len(folded) == 5
    assert given_away[:2] == ["Ties", "ties-2"]


@given(st.lists(st.text(), max_size=5))
def test_any_words_make_names(some):
    names = Names()
    given_away = [names.new(words) for words in some]

    assert len({name.casefold() for name in given_away}) == len(some)
    for name in given_away:
        assert name
        assert len(name.encode()) <= MAX_NAME_BYTES + 8
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]|^[.\s~-]|[.\s]$', name)
