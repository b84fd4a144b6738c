from datetime import timedelta

import pytest
from django.core.cache import cache

from blog.models import Comment, Course, tracking_interactions
from network.queries.class_figures import ClassRecord, class_figures
from tests import factories


@pytest.fixture(autouse=True)
def empty_cache(db):
    cache.clear()


def cached_names(course):
    """Return what has to be computed now, and then is in the cache."""
    record, computed = ClassRecord(course), []
    record.cached("figures", lambda: computed.append("figures") or 1)
    return computed


def test_figures_are_cached_until_something_changes(course, ada, bob, instructor):
    post = factories.make_post(ada, course)
    comment = factories.make_comment(bob, post)
    other = factories.make_comment(instructor, post)
    factories.make_comment(bob, post)

    assert cached_names(course) == ["figures"]
    assert cached_names(course) == []
    course.memberships.filter(user=bob).update(ended_at=course.created_at)
    assert cached_names(course) == ["figures"]
    factories.make_pod(course, "Wrens", ada)
    assert cached_names(course) == ["figures"]
    comments = Comment.objects.filter(pk__in=[comment.pk, other.pk])
    with tracking_interactions(course, comments):
        comments.filter(pk=comment.pk).update(author=instructor)
    assert cached_names(course) == ["figures"]
    assert cached_names(course) == []


def test_figures_change_at_midnight_of_the_course(course, ada, bob, monkeypatch):
    factories.make_comment(bob, factories.make_post(ada, course))
    cached_names(course)
    tomorrow = course.today() + timedelta(days=1)

    monkeypatch.setattr(Course, "today", lambda course: tomorrow)

    assert cached_names(course) == ["figures"]


def test_figures_hold_keys_and_no_names(course, ada, bob):
    factories.make_comment(bob, factories.make_post(ada, course))

    figures = class_figures(ClassRecord(course), 7, by_section=False)

    assert "Bob" not in repr(figures)
    assert figures.reach.not_answered == {bob.pk}
