"""The shelf: one record per work and course, one key per work and post."""

import pytest

from blog.actions.posts import publish_post
from blog.actions.references import (
    add_reference,
    add_references,
    change_reference,
    remove_reference,
)
from blog.actions.works import add_work, change_work
from blog.citations.parsers import read_references
from blog.exceptions import ReadError, Refused
from blog.models import Audience, AuditEvent, Reference, Work
from tests import factories

BOOK = {
    "type": "book",
    "author": [{"family": "Luna", "given": "Ana"}],
    "title": "Quiet networks",
    "publisher": "Heron Press",
    "issued": {"date-parts": [[2020]]},
}
BIBTEX = """
@article{ties73,
  author = {Granovetter, Mark S.}, title = {The strength of weak ties}, year = {1973},
  journal = {American Journal of Sociology}, doi = {10.1086/225469}
}
@book{luna, author = {Luna, Ana}, title = {Quiet networks}, year = 2020,
  publisher = {Heron Press}}
"""


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course)


# Works


def test_add_work_stores_the_record_with_its_label_and_entry(ada, course):
    work = add_work(course, factories.ARTICLE | {"id": "mine"}, by=ada)

    assert (work.course, work.added_by, work.doi) == (course, ada, "10.1086/225469")
    assert "id" not in work.csl
    assert work.label == "Granovetter, 1973"
    assert work.html == (
        "Granovetter, M. S. (1973). The strength of weak ties. "
        "<i>American Journal of Sociology</i>, <i>78</i>(6), 1360–1380. "
        '<a href="https://doi.org/10.1086/225469" rel="nofollow ugc noopener">'
        "https://doi.org/10.1086/225469</a>"
    )


def test_add_work_of_a_known_doi_gives_the_record_of_the_course(ada, bob, course):
    first = add_work(course, factories.ARTICLE, by=ada)

    again = add_work(
        course, {"title": "Otherwise", "DOI": "https://doi.org/10.1086/225469"}, by=bob
    )

    assert (again, again.csl["title"]) == (first, "The strength of weak ties")


def test_add_work_without_doi_twice_word_for_word_makes_one_record(ada, bob, course):
    first = add_work(course, BOOK, by=ada)

    assert add_work(course, BOOK, by=bob) == first
    assert add_work(course, BOOK | {"edition": "2"}, by=bob) != first


def test_a_script_in_a_name_comes_out_as_letters(ada, course):
    work = add_work(course, BOOK | {"author": [{"literal": "<script>alert(1)</script>"}]}, by=ada)

    assert (
        work.html
        == "&lt;script&gt;alert(1)&lt;/script&gt;. (2020). <i>Quiet networks</i>. Heron Press."
    )


# The shelf


def test_shelve_makes_a_key_that_the_post_does_not_use_yet(ada, post, course):
    first = add_reference(post, add_work(course, BOOK, by=ada), by=ada)
    other = add_reference(post, add_work(course, BOOK | {"title": "Loud networks"}, by=ada), by=ada)

    assert (first.key, other.key) == ("luna2020", "luna2020a")


def test_shelve_keeps_the_key_it_is_given_where_it_can(ada, post, course):
    book, other = (add_work(course, BOOK | {"title": title}, by=ada) for title in ("One", "Two"))

    assert add_reference(post, book, by=ada, key="DBLP:books/luna").key == "DBLP:books/luna"
    assert add_reference(post, other, by=ada, key="not a key").key == "luna2020"


def test_shelve_of_a_work_that_is_there_changes_nothing(ada, post, course):
    work = add_work(course, BOOK, by=ada)
    first = add_reference(post, work, by=ada, key="luna")

    assert add_reference(post, work, by=ada, key="other") == first
    assert Reference.objects.get().key == "luna"


def test_pasted_references_keep_their_keys(ada, post):
    added = add_references(post, read_references(BIBTEX), by=ada)

    assert [(reference.key, reference.work.label) for reference in added] == [
        ("ties73", "Granovetter, 1973"),
        ("luna", "Luna, 2020"),
    ]


def test_the_same_paste_twice_adds_nothing(ada, post):
    add_references(post, read_references(BIBTEX), by=ada)
    add_references(post, read_references(BIBTEX), by=ada)

    assert (Work.objects.count(), Reference.objects.count()) == (2, 2)


def test_a_paste_that_cannot_be_read_names_the_line_and_adds_nothing(ada, post):
    with pytest.raises(ReadError) as refusal:
        add_references(post, read_references(BIBTEX + "\n@book{broken, title = {No end"), by=ada)

    assert refusal.value.line is not None
    assert str(refusal.value.line) in str(refusal.value)
    assert not Reference.objects.exists()


# Correcting and removing


def test_a_writer_corrects_a_work_that_only_they_use(ada, post, course):
    work = add_reference(post, add_work(course, BOOK, by=ada), by=ada).work

    change_work(work, work.csl | {"issued": {"date-parts": [[2021]]}, "DOI": "10.1000/ABC"}, by=ada)

    work.refresh_from_db()
    assert (work.label, work.doi) == ("Luna, 2021", "10.1000/abc")
    assert AuditEvent.objects.get().action == "work_changed"


@pytest.mark.parametrize("why", ["shelved", "required"])
def test_a_writer_does_not_change_what_others_rest_on(ada, bob, post, course, why, prompt):
    work = add_reference(post, add_work(course, BOOK, by=ada), by=ada).work
    if why == "shelved":
        add_reference(factories.make_draft_post(bob, course), work, by=bob)
    else:
        prompt.required_works.add(work)

    with pytest.raises(Refused, match="only the teaching team"):
        change_work(work, work.csl | {"title": "Mine"}, by=ada)

    assert Work.objects.get().csl["title"] == "Quiet networks"


@pytest.mark.parametrize("who", ["instructor", "assistant"])
def test_the_teaching_team_corrects_any_work(who, request, ada, post, course):
    work = add_reference(post, add_work(course, BOOK, by=ada), by=ada).work

    change_work(work, work.csl | {"title": "Corrected"}, by=request.getfixturevalue(who))

    assert Work.objects.get().csl["title"] == "Corrected"


def test_a_correction_to_a_doi_that_another_work_has_is_refused(ada, post, course):
    add_work(course, factories.ARTICLE, by=ada)
    work = add_reference(post, add_work(course, BOOK, by=ada), by=ada).work

    with pytest.raises(Refused, match="another reference with this DOI"):
        change_work(work, work.csl | {"DOI": "10.1086/225469"}, by=ada)


def test_a_new_key_and_a_correction_are_done_together_or_not_at_all(ada, bob, post, course):
    reference = add_reference(post, add_work(course, BOOK, by=ada), by=ada)
    add_reference(factories.make_draft_post(bob, course), reference.work, by=bob)

    with pytest.raises(Refused):
        change_reference(reference, by=ada, key="quiet", csl=BOOK | {"title": "Mine"})

    assert post.references.get().key == "luna2020"


@pytest.mark.parametrize("key", ["", "two words", "-luna", "luna--2020", "{luna}", "x" * 81])
def test_a_key_that_the_text_cannot_cite_by_is_refused(ada, post, course, key):
    reference = add_reference(post, add_work(course, BOOK, by=ada), by=ada)

    with pytest.raises(Refused, match="letters and digits"):
        change_reference(reference, by=ada, key=key)


def test_a_key_of_another_work_is_refused(ada, post):
    first, second = add_references(post, read_references(BIBTEX), by=ada)

    with pytest.raises(Refused, match="another reference"):
        change_reference(second, by=ada, key=first.key)


def test_remove_is_refused_while_the_published_text_cites_the_work(ada, post):
    cited, spare = add_references(post, read_references(BIBTEX), by=ada)
    publish_post(post, by=ada, title="T", text="News [@ties73].", audience=Audience.COURSE)

    with pytest.raises(Refused, match="published post cites"):
        remove_reference(cited, by=ada)
    remove_reference(spare, by=ada)

    assert list(post.references.all()) == [cited]
