"""Readers of process notes: never more than those who see the post."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from blog.models import Audience, HelpStatement, Post, ProcessMoment, ProcessNote, ToldAudience
from tests import factories

TEAM, READERS = ToldAudience.TEAM, ToldAudience.READERS
AUTHOR, STAFF = ["ada"], ["assistant", "instructor"]
MEMBERS = ["ada", "assistant", "bob", "instructor", "observer"]

# The state of a post, the audience of what is told, and who sees it.
ROWS = [
    ({}, READERS, MEMBERS),
    ({}, TEAM, [*AUTHOR, *STAFF]),
    ({"audience": Audience.PUBLIC}, READERS, MEMBERS),
    ({"audience": Audience.PUBLIC}, TEAM, [*AUTHOR, *STAFF]),
    ({"audience": Audience.SIGNED_IN}, READERS, MEMBERS),
    ({"audience": Audience.INSTRUCTORS}, READERS, [*AUTHOR, *STAFF]),
    ({"audience": Audience.POD}, READERS, [*AUTHOR, *STAFF]),
    ({"audience": Audience.ONLY_ME}, READERS, AUTHOR),
    ({"audience": Audience.ONLY_ME}, TEAM, AUTHOR),
    ({"status": Post.Status.WITHDRAWN}, READERS, [*AUTHOR, *STAFF]),
    ({"status": Post.Status.DRAFT}, READERS, AUTHOR),
]


@pytest.fixture
def readers(ada, bob, eve, observer, assistant, instructor):
    return {
        "ada": ada,
        "assistant": assistant,
        "bob": bob,
        "eve": eve,
        "instructor": instructor,
        "observer": observer,
        "visitor": AnonymousUser(),
    }


@pytest.mark.parametrize(("state", "audience", "expected"), ROWS)
def test_visible_to(readers, ada, course, state, audience, expected):
    post = factories.make_post(ada, course)
    Post.objects.update(**state)
    factories.make_process_note(post, audience=audience)
    factories.make_help_statement(post, audience=audience)

    for model in (ProcessNote, HelpStatement):
        seen = [name for name, who in readers.items() if model.objects.visible_to(who).exists()]
        assert seen == expected


def test_deleted_post_takes_what_was_told_with_it_and_brings_it_back(readers, ada, course):
    post = factories.make_post(ada, course)
    factories.make_process_note(post)
    deleted_at = post.published_at

    Post.objects.update(deleted_at=deleted_at)
    assert [who for who in readers.values() if ProcessNote.objects.visible_to(who)] == []
    Post.objects.update(deleted_at=None)

    assert ProcessNote.objects.visible_to(ada).exists()


def test_people_who_left_see_nothing(ada, bob, course):
    factories.make_process_note(factories.make_post(ada, course))
    course.memberships.update(ended_at=course.posts.get().published_at)

    assert not ProcessNote.objects.visible_to(ada).exists()
    assert not ProcessNote.objects.visible_to(bob).exists()


def test_help_statement_says_something(ada, course):
    post = factories.make_post(ada, course)

    with pytest.raises(IntegrityError, match="a_help_statement_says_something"):
        HelpStatement.objects.create(post=post)


def test_moment_says_what_changed(ada, course):
    note = factories.make_process_note(factories.make_post(ada, course))
    at = note.updated_at

    with pytest.raises(IntegrityError, match="moments_say_what_changed_and_why"):
        ProcessMoment.objects.create(note=note, source="version-1", words=1, written_at=at)


def test_moment_is_shown_once(ada, course):
    note = factories.make_process_note(factories.make_post(ada, course), moments=["One."])
    moment = note.moments.get()

    moment.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        moment.save()

    assert note.moments.count() == 1
