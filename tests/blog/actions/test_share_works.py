"""Ownership of the course's record of a work: the first whose post the course can read."""

import pytest

from blog.actions.post_states import delete_post, restore_post, withdraw_post
from blog.actions.posts import publish_post, republish_post
from blog.actions.references import add_reference, cite_post
from blog.actions.work_merges import merge_works
from blog.actions.works import add_work, change_work, share_works
from blog.exceptions import Refused
from blog.models import Audience, AuditEvent, Post, Revision, Work, WorkMerge
from tests import factories

RIGHT = factories.ARTICLE
WRONG = RIGHT | {"title": "A spiteful title", "author": [{"family": "Nobody"}]}
DOI = "10.1086/225469"


def write(author, course, csl, title="A post"):
    """Return a draft with one reference, under the key “one”."""
    post = factories.make_draft_post(author, course, title=title)
    add_reference(post, add_work(course, csl, by=author), by=author, key="one")
    return post


def publish(post, audience=Audience.COURSE, text="So it is [@one]."):
    post.refresh_from_db()
    return publish_post(post, by=post.author, title=post.title, text=text, audience=audience)


def listed(reader, course):
    return list(Work.objects.in_course(course).visible_to(reader))


def hide(post, way):
    post.refresh_from_db()
    if way == "withdrawn":
        withdraw_post(post, by=post.author)
    elif way == "deleted":
        delete_post(post, by=post.author)
    else:
        publish(post, Audience.ONLY_ME)


@pytest.fixture
def theirs(bob, course):
    """Return Bob's published post, with a record that nobody should have."""
    post = write(bob, course, WRONG)
    publish(post)
    return post


@pytest.mark.parametrize("way", ["withdrawn", "deleted", "only me"])
def test_a_record_whose_post_is_hidden_keeps_nobody_out(theirs, ada, bob, course, way):
    hide(theirs, way)

    post = write(ada, course, RIGHT)
    revision = publish(post)

    work = post.references.get().work
    assert (work.csl, work.doi, work.added_by, work.is_shared) == (RIGHT, DOI, ada, True)
    assert revision.references[0]["csl"] == RIGHT
    assert listed(ada, course) == [work]
    assert add_work(course, WRONG, by=bob) == work


def test_whoever_had_the_record_keeps_it_and_takes_the_new_one_when_they_publish(
    theirs, ada, bob, course
):
    hide(theirs, "withdrawn")
    post = write(ada, course, RIGHT)
    publish(post)
    former = theirs.references.get().work
    assert (former.csl, former.doi, former.added_by) == (WRONG, "", bob)
    assert former.shared_at is not None
    event = AuditEvent.objects.get(action="work_replaced")
    new = post.references.get().work
    assert (event.actor, event.target, event.data) == (ada, f"work:{former.pk}", {"work": new.pk})

    publish(theirs)

    assert theirs.references.get().work == new
    assert listed(ada, course) == [new]


@pytest.mark.parametrize(
    ("way", "come_back"), [("withdrawn", republish_post), ("deleted", restore_post)]
)
def test_a_post_that_comes_back_cites_the_record_that_the_course_has_now(
    theirs, ada, bob, course, way, come_back
):
    hide(theirs, way)
    post = write(ada, course, RIGHT)
    publish(post)
    theirs.refresh_from_db()

    come_back(theirs, by=bob)

    new = post.references.get().work
    assert theirs.references.get().work == new
    assert listed(ada, course) == [new]
    [entry] = Post.objects.get(pk=theirs.pk).revision.references
    assert (entry["work"], entry["csl"]) == (new.pk, WRONG)


def test_the_former_record_can_be_corrected_without_its_doi(theirs, ada, bob, course):
    hide(theirs, "withdrawn")
    publish(write(ada, course, RIGHT))
    former = theirs.references.get().work

    change_work(former, former.csl | {"title": "Better"}, by=bob)

    former.refresh_from_db()
    assert (former.csl["title"], former.doi) == ("Better", "")


def test_the_record_of_a_post_that_comes_back_is_the_courses_again(theirs, ada, course):
    hide(theirs, "withdrawn")
    post = write(ada, course, RIGHT)
    publish(post)
    hide(post, "withdrawn")

    publish(theirs)

    work = theirs.references.get().work
    assert (work.csl, work.doi) == (WRONG, DOI)
    assert post.references.get().work.doi == ""


def test_another_post_that_cites_the_record_keeps_it(theirs, ada, course):
    publish(write(ada, course, RIGHT))  # takes the record of the course
    hide(theirs, "withdrawn")

    cyn = factories.make_user("Cyn")
    factories.add_member(course, cyn)

    assert add_work(course, RIGHT, by=cyn) == theirs.references.get().work


def test_ones_own_record_is_ones_own_again_when_the_course_has_lost_the_other(ada, bob, course):
    post = write(ada, course, RIGHT)
    own = post.references.get().work
    theirs = write(bob, course, WRONG)
    publish(theirs)
    publish(post)
    assert WorkMerge.objects.get().duplicate == own
    hide(theirs, "withdrawn")
    hide(post, "withdrawn")

    again = write(ada, course, RIGHT, title="Another")
    publish(again)

    assert again.references.get().work == own
    own.refresh_from_db()
    assert (own.doi, own.is_shared) == (DOI, True)
    assert listed(ada, course) == [own]


def test_a_merge_by_an_instructor_lasts(theirs, ada, instructor, course):
    typed = {name: value for name, value in RIGHT.items() if name != "DOI"} | {"volume": "1"}
    post = write(ada, course, typed)
    publish(post)
    canonical = theirs.references.get().work
    merge_works(post.references.get().work, by=instructor, into=canonical)
    hide(theirs, "withdrawn")
    hide(post, "withdrawn")

    assert add_work(course, typed, by=ada) == canonical


def test_required_reading_stays_the_courses(ada, bob, instructor, prompt, course):
    required = add_work(course, WRONG, by=instructor)
    prompt.required_works.set(share_works([required], by=instructor).values())

    post = write(ada, course, RIGHT)
    publish(post)

    assert post.references.get().work == required


def test_a_correction_to_a_doi_takes_it_from_a_record_that_nobody_can_read(theirs, ada, course):
    post = write(ada, course, {name: RIGHT[name] for name in ("type", "title", "author")})
    publish(post)
    work = post.references.get().work
    with pytest.raises(Refused, match="The course has another reference with this DOI"):
        change_work(work, RIGHT, by=ada)
    hide(theirs, "withdrawn")

    work.refresh_from_db()
    change_work(work, RIGHT, by=ada)

    work.refresh_from_db()
    assert (work.doi, theirs.references.get().work.doi) == (DOI, "")


def test_a_record_of_the_same_doi_in_another_course_is_left_alone(theirs, ada, course):
    hide(theirs, "withdrawn")
    elsewhere = factories.make_course("other")
    factories.add_member(elsewhere, ada)

    publish(write(ada, elsewhere, RIGHT))

    assert theirs.references.get().work.doi == DOI


def test_whoever_cites_a_post_first_does_not_own_its_record(ada, bob, course):
    cited = factories.make_post(ada, course, title="Cited")
    own = factories.make_draft_post(bob, course)
    work = cite_post(cited, by=bob, onto=own, url="https://example.edu/cited").work

    assert work.added_by == ada
    with pytest.raises(Refused, match="Only the person who added this reference"):
        change_work(work, work.csl | {"title": "Spite"}, by=bob)


def test_adding_a_known_work_with_other_words_changes_nothing(theirs, ada, course):
    work = theirs.references.get().work
    post = write(ada, course, RIGHT | {"title": "Mine"})

    publish(post)

    work.refresh_from_db()
    assert (work.csl, work.added_by) == (WRONG, theirs.author)


def test_no_published_version_changes_by_what_others_do_with_its_works(
    ada, bob, instructor, course
):
    post, theirs = write(ada, course, RIGHT), write(bob, course, WRONG)
    publish(theirs)
    publish(post)
    before = list(Revision.objects.order_by("pk").values())
    shown = [[one["csl"] for one in revision["references"]] for revision in before]
    assert shown == [[WRONG], [RIGHT]]

    work = post.references.get().work
    change_work(work, work.csl | {"title": "Corrected"}, by=instructor)
    hide(theirs, "withdrawn")
    hide(post, "withdrawn")
    cyn = factories.make_user("Cyn")
    factories.add_member(course, cyn)
    publish(write(cyn, course, RIGHT | {"title": "Of Cyn"}))

    kept = Revision.objects.filter(post__in=[post, theirs]).order_by("pk")
    assert list(kept.values()) == before
    for revision in kept:
        revision.rerender()
    assert [[one["csl"] for one in revision.references] for revision in kept.all()] == shown


NO_DOI = {name: value for name, value in RIGHT.items() if name != "DOI"}


@pytest.mark.parametrize("typed", [NO_DOI, NO_DOI | {"publisher": "Chicago Press"}])
@pytest.mark.parametrize(
    ("way", "come_back"), [("withdrawn", republish_post), ("deleted", restore_post)]
)
def test_works_without_a_doi_are_one_again_when_a_hidden_post_comes_back(
    ada, bob, course, typed, way, come_back
):
    theirs = write(bob, course, NO_DOI)
    publish(theirs)
    hide(theirs, way)
    post = write(ada, course, typed)
    publish(post)
    theirs.refresh_from_db()

    come_back(theirs, by=bob)

    work = post.references.get().work
    assert (work.added_by, theirs.references.get().work) == (ada, work)
    assert listed(ada, course) == [work]
    [entry] = Post.objects.get(pk=theirs.pk).revision.references
    assert (entry["work"], entry["csl"]) == (work.pk, NO_DOI)


def test_one_work_that_a_post_has_twice_without_a_doi_is_shared_once(ada, course):
    post = write(ada, course, NO_DOI)
    add_reference(post, add_work(course, NO_DOI | {"volume": "7"}, by=ada), by=ada, key="two")
    second = post.references.get(key="two").work
    change_work(second, NO_DOI, by=ada)

    publish(post, text="So it is [@one; @two].")

    assert listed(ada, course) == [post.references.get(key="one").work]
