"""What migrations do with the rows of a site that has been in use."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from blog.actions.revisions import restore_revision
from blog.models import Audience, Post, Reference, Revision, Work
from tests import factories

EARLIER = timezone.now() - timedelta(days=9)


@pytest.fixture
def share():
    module = import_module("blog.migrations.0004_works_are_shared_when_published")

    def migrate():
        Work.objects.update(shared_at=timezone.now())  # as all were before
        module.share_published_works(apps, None)

    return migrate


def test_a_work_is_shared_since_its_first_citation_that_the_course_could_read(
    share, ada, bob, course
):
    work = factories.make_work(course)
    for author, days in ((bob, 0), (ada, 5)):
        post = factories.make_post(author, course, at=EARLIER + timedelta(days=days))
        factories.make_reference(post, work, cited=True)
    withdrawn = factories.make_post(ada, course, at=EARLIER - timedelta(days=1))
    Post.objects.filter(pk=withdrawn.pk).update(status=Post.Status.WITHDRAWN)
    factories.make_reference(withdrawn, work, cited=True)

    share()

    work.refresh_from_db()
    assert (work.shared_at, work.added_by) == (EARLIER - timedelta(days=1), bob)


@pytest.mark.parametrize(
    ("cited", "fields"),
    [
        (False, {}),
        (True, {"audience": Audience.POD}),
        (True, {"audience": Audience.ONLY_ME}),
    ],
)
def test_a_work_that_nobody_published_is_one_of_each_of_its_users(
    share, ada, bob, course, cited, fields
):
    work = factories.make_work(course, added_by=ada)
    drafts = [
        factories.make_reference(factories.make_draft_post(author, course), work, key="draft")
        for author in (bob, ada)
    ]
    published = factories.make_reference(factories.make_post(bob, course, **fields), work, key="k")
    Reference.objects.filter(pk=published.pk).update(cited=cited)

    share()

    his, hers = (Reference.objects.get(pk=one.pk).work for one in drafts)
    published.refresh_from_db()
    assert (hers, hers.added_by, hers.shared_at) == (work, ada, None)
    assert (his.added_by, his.shared_at, his.csl, his.html) == (bob, None, work.csl, work.html)
    assert published.work == his
    assert Work.objects.count() == 2


def test_a_work_goes_to_its_user_if_whoever_added_it_has_it_no_more(share, ada, bob, course):
    work = factories.make_work(course, added_by=ada)
    factories.make_reference(factories.make_draft_post(bob, course), work)
    unused = factories.make_work(course, {"title": "Unused"}, added_by=ada)

    share()

    work.refresh_from_db()
    unused.refresh_from_db()
    assert (work.added_by, work.shared_at) == (bob, None)
    assert (unused.added_by, unused.shared_at) == (ada, None)


def test_required_reading_and_posts_of_the_course_stay_shared(share, ada, course, prompt):
    required = factories.make_work(course, added_by=ada)
    prompt.required_works.add(required)
    cited = factories.make_work(course, {"title": "A post"}, post=factories.make_post(ada, course))

    share()

    assert Work.objects.shared().count() == 2
    assert {required, cited} == set(Work.objects.shared())


def test_versions_of_a_post_name_the_copy_of_its_author(share, ada, bob, course):
    work = factories.make_work(course, added_by=ada)
    other = factories.make_work(course, {"title": "Bob’s own"}, added_by=bob)
    factories.make_reference(factories.make_draft_post(ada, course), work)
    post = factories.make_post(bob, course, audience=Audience.POD)
    reference = factories.make_reference(post, work, key="weak", cited=True)
    entries = [
        {"key": key, "work": one.pk, "csl": one.csl, "html": one.html, "cited_in": []}
        for key, one in (("weak", work), ("own", other))
    ]
    Revision.objects.filter(post=post).update(text="So [@weak; @own].", references=entries)

    share()

    reference.refresh_from_db()
    revision = post.revisions.get()
    assert [one["work"] for one in revision.references] == [reference.work_id, other.pk]
    assert [one["csl"] for one in revision.references] == [work.csl, other.csl]
    reference.delete()
    restore_revision(revision, by=bob)
    assert dict(post.references.values_list("key", "work")) == {
        "weak": reference.work_id,
        "own": other.pk,
    }


@pytest.mark.parametrize("works", [1, 3])
def test_sharing_takes_as_many_queries_for_many_works(
    share, ada, bob, course, works, django_assert_num_queries
):
    post = factories.make_post(bob, course, audience=Audience.POD)
    hers = factories.make_draft_post(ada, course)
    entries = []
    for number in range(works):
        work = factories.make_work(course, {"title": f"Nets {number}"}, added_by=ada)
        factories.make_reference(hers, work, key=f"k{number}")
        factories.make_reference(post, work, key=f"k{number}", cited=True)
        entries.append({"key": f"k{number}", "work": work.pk, "csl": work.csl})
    Revision.objects.filter(post=post).update(references=entries)

    with django_assert_num_queries(11):
        share()

    assert Work.objects.count() == 2 * works
    assert set(post.references.values_list("work__added_by", flat=True)) == {bob.pk}
