"""A record whose post was withdrawn or narrowed: nobody learns what happens to it since."""

import pytest
from django.urls import reverse

from blog.actions.post_states import delete_post, withdraw_post
from blog.actions.posts import publish_post
from blog.actions.references import add_reference, change_reference, cite_post
from blog.actions.work_merges import merge_works
from blog.actions.works import add_work, change_work
from blog.exceptions import Refused
from blog.models import Audience, Revision, Work
from blog.queries.course_entries import differing_entries
from tests import factories

ARTICLE = factories.ARTICLE
SECRET = ARTICLE | {"title": "A title with a note behind it"}
HIDDEN = ["withdrawn", "deleted", "only me", "teaching team"]


def publish(post, audience=Audience.COURSE, text="So it is [@one]."):
    post.refresh_from_db()
    return publish_post(post, by=post.author, title=post.title, text=text, audience=audience)


def hide(post, way):
    post.refresh_from_db()
    if way == "withdrawn":
        withdraw_post(post, by=post.author)
    elif way == "deleted":
        delete_post(post, by=post.author)
    else:
        publish(post, Audience.ONLY_ME if way == "only me" else Audience.INSTRUCTORS)


def listed(reader, course):
    return list(Work.objects.in_course(course).visible_to(reader))


@pytest.fixture
def hers(ada, course):
    """Return Ada's published post, with a record that others find in the class bibliography."""
    post = factories.make_draft_post(ada, course, "Hers")
    add_reference(post, add_work(course, ARTICLE, by=ada), by=ada, key="one")
    publish(post)
    return post


@pytest.fixture
def work(hers):
    return hers.references.get().work


@pytest.fixture
def his(bob, course, work):
    """Return Bob's draft, which has the record of Ada's post."""
    post = factories.make_draft_post(bob, course, "His")
    add_reference(post, work, by=bob, key="one")
    return post


@pytest.mark.parametrize("way", HIDDEN)
def test_a_draft_keeps_what_it_had_when_the_owner_writes_on(hers, his, work, ada, bob, course, way):
    hide(hers, way)

    change_work(work, SECRET, by=ada)

    copy = his.references.get().work
    assert (copy.csl, copy.added_by, copy.is_shared) == (ARTICLE, bob, False)
    assert (hers.references.get().work, hers.references.get().work.csl) == (work, SECRET)
    revision = publish(his)
    assert [one["csl"] for one in revision.references] == [ARTICLE]
    assert [one.csl for one in listed(bob, course)] == [ARTICLE]


@pytest.mark.parametrize("way", HIDDEN)
def test_a_record_that_is_published_by_another_becomes_a_copy_of_theirs(
    hers, his, work, ada, bob, course, way
):
    hide(hers, way)
    publish(his)

    work.refresh_from_db()
    change_work(work, SECRET, by=ada)

    [shown] = listed(bob, course)
    assert (shown.csl, shown.added_by) == (ARTICLE, bob)
    assert his.references.get().work == shown != work


def test_a_post_for_a_few_keeps_its_entries_too(hers, his, work, ada, bob):
    publish(his, Audience.ONLY_ME)
    hide(hers, "withdrawn")

    change_reference(hers.references.get(), by=ada, key="one", csl=SECRET)

    revision = Revision.objects.get(post=his)
    copy = his.references.get().work
    assert [one["work"] for one in revision.references] == [copy.pk]
    assert (copy.csl, differing_entries(revision)) == (ARTICLE, [])


def test_everybody_gets_one_copy_beside_what_they_have(hers, his, work, ada, bob, course):
    hide(hers, "withdrawn")
    own = add_work(course, ARTICLE, by=bob)  # as the course has it no more
    second = factories.make_draft_post(bob, course, "Second")
    factories.make_reference(second, work, "two")

    change_work(work, SECRET, by=ada)

    copies = {post.references.get().work for post in (his, second)}
    assert len(copies) == 1
    assert copies.isdisjoint({own, work})
    assert [copy.doi for copy in copies] == [""]


def test_a_correction_reaches_everybody_while_the_course_has_the_record(hers, his, work, ada):
    change_work(work, SECRET, by=ada)

    assert his.references.get().work == work


def test_an_instructors_correction_stays_with_the_owner(hers, his, work, instructor):
    hide(hers, "teaching team")

    change_work(work, SECRET, by=instructor)

    assert (hers.references.get().work.csl, his.references.get().work.csl) == (SECRET, ARTICLE)


def test_the_record_of_a_hidden_post_says_nothing_new_to_who_cites_it(hers, his, ada, bob):
    cited = cite_post(hers, by=bob, onto=his, url="https://example.edu/hers").work
    hide(hers, "only me")

    with pytest.raises(Refused, match="not everyone in the course can read now"):
        change_work(cited, cited.csl | {"title": "Mine alone"}, by=ada)


@pytest.fixture
def typed(bob, course):
    """Return the record of the same work in a post of Bob's, without its DOI."""
    csl = {name: value for name, value in ARTICLE.items() if name != "DOI"} | {"volume": "79"}
    return factories.share_work(add_work(course, csl, by=bob))


@pytest.mark.parametrize("way", HIDDEN)
def test_a_merge_does_not_open_a_closed_record(hers, work, typed, instructor, way):
    hide(hers, way)

    with pytest.raises(Refused, match="Keep the other one"):
        merge_works(typed, by=instructor, into=work)

    assert merge_works(work, by=instructor, into=typed).canonical == typed


def test_two_closed_records_of_two_people_stay_two(hers, work, typed, instructor):
    hide(hers, "teaching team")
    hide(typed.references.get().post, "withdrawn")

    with pytest.raises(Refused, match="so they stay two"):
        merge_works(typed, by=instructor, into=work)


def test_a_merge_proposes_to_keep_the_open_record(client, hers, work, typed, instructor, course):
    hide(hers, "teaching team")
    client.force_login(instructor)

    page = client.get(reverse("work_merge", args=[course.slug, work.pk]), {"with": typed.pk})

    assert page.context["selected"] == typed.pk
