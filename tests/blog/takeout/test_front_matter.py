"""Front matter of a text, which a reader of YAML reads back the same."""

from datetime import UTC, date, datetime

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from blog.takeout.front_matter import front_matter

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(TEXTS, st.lists(TEXTS, max_size=3))
@example("---\nadmin: true", ["no", "1e3", "~"])
@example("!!python/object/apply:os.system ['x']", ["*a", "&b", "a: b", "# c"])
@example("\u2028\u0085\ufeff\x7f\uffff 😀", ["'", '"', "\\"])
def test_whatever_is_typed_is_read_back(title, tags):
    written = front_matter({"title": title, "tags": tags, "empty": "", "none": None})

    head, block, rest = written.split("---\n", 2) if written.count("\n---\n") == 1 else (1, 0, 0)
    assert (head, rest) == ("", "")
    assert yaml.safe_load(block) == {"title": title} | ({"tags": tags} if tags else {})


def test_numbers_and_dates_are_what_they_are():
    at = datetime(2026, 10, 1, 12, 30, tzinfo=UTC)

    written = front_matter({"words": 12, "draft": True, "day": date(2026, 10, 1), "at": at})

    assert yaml.safe_load(written.strip("-\n")) == {
        "words": 12, "draft": True, "day": date(2026, 10, 1), "at": at
    }  # fmt: skip
