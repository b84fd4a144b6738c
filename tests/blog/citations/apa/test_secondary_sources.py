"""Works that the list leaves out: seen only in another work, or a letter."""

import pytest

from blog.citations import format_citations, parse_narrative
from tests.blog.citations.factories import entry, in_text, offline, on, people, starred, write

LETTER = {
    "type": "personal_communication",
    "author": people("Paige, Emma"),
    "issued": on(2019, 3, 3),
}


SEEN = offline("book", "Nets", author=people("Lyon, A.", "Bo, B.", "Cy, C."), issued=on(2014))
UNSEEN = offline("book", "Ties", author=people("Rabbitt, P."), issued=on(1982))


class TestSecondarySources:
    """A work that only another one tells of: the list has the other alone."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("[@unseen, as cited in @seen]", "(Rabbitt, 1982, as cited in Lyon et al., 2014)"),
            (
                "[@unseen; as cited in @seen, p. 3]",
                "(Rabbitt, 1982, as cited in Lyon et al., 2014, p. 3)",
            ),
            (
                "[Rabbitt, 1982, as cited in @seen]",
                "(Rabbitt, 1982, as cited in Lyon et al., 2014)",
            ),
        ],
    )
    def test_between_brackets(self, text, expected):
        assert in_text(text, seen=SEEN, unseen=UNSEEN) == [expected]
        assert listed(text) == ["seen"]

    def test_in_a_sentence(self):
        cluster = parse_narrative("unseen", "as cited in @seen, p. 3")

        formatted = format_citations({"seen": SEEN, "unseen": UNSEEN}, [cluster])

        (runs,) = formatted.in_text
        assert starred(runs) == "Rabbitt (1982, as cited in Lyon et al., 2014, p. 3)"
        assert {run.key for run in runs} == {None, "seen"}

    def test_a_work_that_was_seen_elsewhere_is_listed_too(self):
        assert listed("[@unseen, as cited in @seen] and @unseen") == ["seen", "unseen"]

    def test_a_work_that_is_only_told_of_leads_nowhere(self):
        runs = write("[@unseen, as cited in @seen]", seen=SEEN, unseen=UNSEEN).in_text[0]

        assert {run.key for run in runs} == {None, "seen"}


def listed(text):
    works = {"seen": SEEN, "unseen": UNSEEN}
    return [entry.key for entry in write(text, **works).entries if entry.text]


def test_a_letter_stands_in_the_text_alone():
    formatted = write("[@k], @k", k=LETTER)

    assert [starred(runs) for runs in formatted.in_text] == [
        "(E. Paige, personal communication, March 3, 2019)",
        "E. Paige (personal communication, March 3, 2019)",
    ]
    assert {run.key for runs in formatted.in_text for run in runs} == {None}
    assert [(entry.key, entry.html) for entry in formatted.entries] == [("k", "")]


def test_a_letter_in_an_archive_is_listed():
    archived = LETTER | {"title": "Letter", "archive": "City Archive"}

    assert entry(archived).text.startswith("Paige, E. (2019, March 3). Letter")
