"""Works of a course: added, changed, merged and split; texts stay as they are."""

import threading

import pytest
from django.db import IntegrityError, connection

from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.work_merges import merge_works, split_work
from blog.actions.works import add_work, change_work
from blog.exceptions import NotAllowed, Refused
from blog.models import Audience, AuditEvent, Prompt, Reference, Revision, Work, WorkMerge
from tests import factories

TYPED = {key: value for key, value in factories.ARTICLE.items() if key != "DOI"}


@pytest.fixture
def canonical(course, ada):
    return factories.share_work(add_work(course, factories.ARTICLE, by=ada))


@pytest.fixture
def duplicate(course, bob):
    return factories.share_work(add_work(course, TYPED | {"issue": "5"}, by=bob))


@pytest.fixture
def post(ada, course, duplicate):
    """Return a published post that cites the record which will be merged."""
    post = factories.make_draft_post(ada, course)
    add_reference(post, duplicate, by=ada, key="ties")
    publish_post(
        post, by=ada, title="Of ties", text="Weak ones help [@ties].", audience=Audience.COURSE
    )
    return post


def rows(model):
    return list(model.objects.order_by("pk").values())


def required():
    return sorted(Prompt.required_works.through.objects.values_list("prompt", "work"))


def test_merge_moves_references_and_required_reading(
    course, instructor, post, prompt, canonical, duplicate
):
    prompt.required_works.add(duplicate)

    merge = merge_works(duplicate, by=instructor, into=canonical)

    assert list(post.references.values_list("work", "key", "cited")) == [
        (canonical.pk, "ties", True)
    ]
    assert required() == [(prompt.pk, canonical.pk)]
    assert (merge.duplicate, merge.canonical, merge.made_by) == (duplicate, canonical, instructor)
    assert duplicate.canonical == canonical.canonical == canonical
    entry = AuditEvent.objects.get(action="works_merged")
    assert (entry.actor, entry.target, entry.data) == (
        instructor,
        f"work:{duplicate.pk}",
        {"into": canonical.pk},
    )


def test_merge_changes_no_published_word(instructor, post, canonical, duplicate):
    before = rows(Revision)

    merge_works(duplicate, by=instructor, into=canonical)

    assert rows(Revision) == before


def test_the_text_still_cites_by_its_key_after_a_merge(ada, instructor, post, canonical, duplicate):
    merge_works(duplicate, by=instructor, into=canonical)

    post.refresh_from_db()
    revision = publish_post(
        post, by=ada, title="Of ties", text="Again [@ties].", audience=Audience.COURSE
    )

    assert [(r["key"], r["work"], r["csl"]) for r in revision.references] == [
        ("ties", canonical.pk, canonical.csl)
    ]


def test_a_post_that_has_both_keeps_both(ada, instructor, course, canonical, duplicate):
    post = factories.make_draft_post(ada, course)
    add_reference(post, canonical, by=ada, key="one")
    add_reference(post, duplicate, by=ada, key="two")

    merge = merge_works(duplicate, by=instructor, into=canonical)

    assert list(post.references.values_list("key", "work")) == [
        ("one", canonical.pk),
        ("two", duplicate.pk),
    ]
    assert post.references.filter(pk__in=merge.references).count() == 0
    publish_post(post, by=ada, title="T", text="So [@one; @two].", audience=Audience.COURSE)
    assert list(Work.objects.visible_to(instructor)) == [canonical]
    assert list(Reference.objects.cited_in([post]).values_list("canonical_work", flat=True)) == [
        canonical.pk,
        canonical.pk,
    ]


def test_required_of_both_stays_required_once(instructor, prompt, canonical, duplicate):
    prompt.required_works.add(canonical, duplicate)

    merge = merge_works(duplicate, by=instructor, into=canonical)

    assert merge.prompts == []
    assert required() == sorted([(prompt.pk, canonical.pk), (prompt.pk, duplicate.pk)])


def test_split_undoes_a_merge(course, instructor, ada, post, prompt, canonical, duplicate):
    prompt.required_works.add(duplicate)
    both = factories.make_draft_post(ada, course)
    add_reference(both, canonical, by=ada)
    add_reference(both, duplicate, by=ada)
    before = [rows(Work), rows(Reference), rows(Revision), required()]

    split_work(merge_works(duplicate, by=instructor, into=canonical), by=instructor)

    assert [rows(Work), rows(Reference), rows(Revision), required()] == before
    assert not WorkMerge.objects.exists()
    entry = AuditEvent.objects.get(action="work_split")
    assert (entry.actor, entry.target, entry.data) == (
        instructor,
        f"work:{duplicate.pk}",
        {"of": canonical.pk},
    )


def test_split_leaves_what_came_meanwhile(course, instructor, bob, post, canonical, duplicate):
    merge = merge_works(duplicate, by=instructor, into=canonical)
    later = add_reference(factories.make_draft_post(bob, course), duplicate, by=bob)
    post.references.get().delete()

    split_work(merge, by=instructor)

    assert later.work == canonical
    assert list(later.post.references.values_list("pk", "work")) == [(later.pk, canonical.pk)]


def test_add_work_of_a_merged_record_gives_the_canonical_one(
    course, instructor, bob, canonical, duplicate
):
    other = factories.share_work(add_work(course, TYPED | {"DOI": "10.1000/copy"}, by=bob))
    merge_works(duplicate, by=instructor, into=canonical)
    merge_works(other, by=instructor, into=canonical)

    assert add_work(course, duplicate.csl, by=bob) == canonical
    assert add_work(course, other.csl, by=bob) == canonical


@pytest.mark.parametrize(
    "which", ["itself", "merged already", "into a merged one", "has duplicates"]
)
def test_merges_that_make_no_sense_are_refused(
    course, instructor, ada, canonical, duplicate, which
):
    third = add_work(course, TYPED | {"title": "Another work altogether"}, by=ada)
    if which == "itself":
        pair = canonical, canonical
    else:
        merge_works(duplicate, by=instructor, into=canonical)
        pair = {
            "merged already": (duplicate, third),
            "into a merged one": (third, duplicate),
            "has duplicates": (canonical, third),
        }[which]
    before = [rows(WorkMerge), rows(Reference), rows(AuditEvent)]

    with pytest.raises(Refused):
        merge_works(pair[0], by=instructor, into=pair[1])

    assert [rows(WorkMerge), rows(Reference), rows(AuditEvent)] == before


def test_a_merge_does_not_show_the_class_a_record_that_only_some_see(
    course, instructor, ada, canonical
):
    own = add_work(course, TYPED | {"title": "Another work altogether"}, by=ada)

    with pytest.raises(Refused, match="Keep the other one"):
        merge_works(canonical, by=instructor, into=own)

    assert merge_works(own, by=instructor, into=canonical).canonical == canonical


@pytest.mark.django_db(transaction=True)
def test_two_instructors_who_merge_at_once_in_both_directions(
    course, instructor, ada, canonical, duplicate
):
    for key, work in (("one", canonical), ("two", duplicate)):
        add_reference(factories.make_draft_post(ada, course), work, by=ada, key=key)
    barrier, outcomes = threading.Barrier(2), []

    def merge(one, into):
        barrier.wait()
        try:
            outcomes.append(merge_works(one, by=instructor, into=into))
        except Refused as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    pairs = [(canonical, duplicate), (duplicate, canonical)]
    tabs = [threading.Thread(target=merge, args=pair) for pair in pairs]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "WorkMerge"]
    left = WorkMerge.objects.get().canonical
    assert {reference.work for reference in Reference.objects.select_related("work")} == {left}


def test_works_of_two_courses_are_not_merged(instructor, canonical, eve):
    elsewhere = factories.make_course("other", instructor=eve)
    other = add_work(elsewhere, factories.ARTICLE, by=eve)

    with pytest.raises(Refused, match="not allowed"):
        merge_works(other, by=instructor, into=canonical)


def test_the_database_refuses_a_record_merged_into_itself(instructor, canonical):
    with pytest.raises(IntegrityError, match="no_work_is_merged_into_itself"):
        WorkMerge.objects.create(duplicate=canonical, canonical=canonical, made_by=instructor)


# One record for what is beyond doubt one work


def test_a_record_typed_without_its_doi_is_the_course_s_own(course, ada, bob, canonical):
    typed = TYPED | {"author": [{"family": "Granovetter", "given": "M."}], "publisher": "Chicago"}

    assert add_work(course, typed, by=bob) == canonical


def test_another_issue_year_or_doi_is_another_record(course, ada, bob, canonical):
    others = [
        TYPED | {"issue": "5"},
        TYPED | {"issued": {"date-parts": [[1983]]}},
        TYPED | {"DOI": "10.1000/other"},
    ]

    assert canonical not in [add_work(course, csl, by=bob) for csl in others]


BOOK = {
    "type": "book",
    "author": [{"family": "Luna", "given": "Ana"}],
    "title": "Quiet networks",
    "publisher": "Heron Press",
    "issued": {"date-parts": [[2020]]},
}


@pytest.fixture
def draft(ada, course):
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
    first = factories.share_work(add_work(course, factories.ARTICLE, by=ada))

    again = add_work(
        course, {"title": "Otherwise", "DOI": "https://doi.org/10.1086/225469"}, by=bob
    )

    assert (again, again.csl["title"]) == (first, "The strength of weak ties")


def test_add_work_without_doi_twice_word_for_word_makes_one_record(ada, bob, course):
    first = factories.share_work(add_work(course, BOOK, by=ada))

    assert add_work(course, BOOK, by=bob) == first
    assert add_work(course, BOOK | {"edition": "2"}, by=bob) != first


def test_add_work_prints_a_script_in_a_name_as_text(ada, course):
    work = add_work(course, BOOK | {"author": [{"literal": "<script>alert(1)</script>"}]}, by=ada)

    assert (
        work.html
        == "&lt;script&gt;alert(1)&lt;/script&gt;. (2020). <i>Quiet networks</i>. Heron Press."
    )


# Correcting and removing


def test_an_author_changes_a_work_that_only_they_use(ada, draft, course):
    work = add_reference(draft, add_work(course, BOOK, by=ada), by=ada).work

    change_work(work, work.csl | {"issued": {"date-parts": [[2021]]}, "DOI": "10.1000/ABC"}, by=ada)

    work.refresh_from_db()
    assert (work.label, work.doi) == ("Luna, 2021", "10.1000/abc")
    assert AuditEvent.objects.get().action == "work_changed"


@pytest.mark.parametrize("why", ["cited", "required"])
def test_whoever_added_a_work_corrects_it_and_its_other_users_do_not(
    ada, bob, draft, course, why, prompt
):
    work = factories.share_work(add_work(course, BOOK, by=ada))
    add_reference(factories.make_draft_post(bob, course), work, by=bob)
    if why == "required":
        prompt.required_works.add(work)

    with pytest.raises(Refused, match="Only the person who added this reference"):
        change_work(work, work.csl | {"title": "Mine"}, by=bob)
    change_work(work, work.csl | {"title": "Quieter networks"}, by=ada)

    assert Work.objects.get().csl["title"] == "Quieter networks"


def test_a_work_of_an_unknown_person_is_its_only_users(ada, bob, draft, course):
    work = factories.make_work(course, BOOK)
    factories.make_reference(draft, work)
    change_work(work, BOOK | {"title": "Corrected"}, by=ada)
    factories.make_reference(factories.make_draft_post(bob, course), work)

    with pytest.raises(Refused):
        change_work(work, BOOK, by=ada)


def test_an_instructor_corrects_any_work(ada, instructor, assistant, draft, course):
    work = add_reference(draft, add_work(course, BOOK, by=ada), by=ada).work

    with pytest.raises(NotAllowed):
        change_work(work, work.csl | {"title": "Wrong"}, by=assistant)
    change_work(work, work.csl | {"title": "Corrected"}, by=instructor)

    assert Work.objects.get().csl["title"] == "Corrected"


def test_a_correction_to_a_doi_that_another_work_has_is_refused(ada, draft, course):
    add_work(course, factories.ARTICLE, by=ada)
    work = add_reference(draft, add_work(course, BOOK, by=ada), by=ada).work

    with pytest.raises(Refused, match="another reference with this DOI"):
        change_work(work, work.csl | {"DOI": "10.1086/225469"}, by=ada)
