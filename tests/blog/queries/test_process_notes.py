"""Process notes: what readers see of them, and the moments the author chooses from."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.posts import publish_post
from blog.models import Audience, DraftSnapshot, ProcessNote, ToldAudience
from blog.queries import process_notes
from blog.queries.process_notes import (
    compare_states,
    moment_options,
    process_of,
)
from tests import factories


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Ties", "They carry news.")


def take(post, text, *, hours, **fields):
    at = timezone.now() - timedelta(hours=hours)
    return DraftSnapshot.objects.create(
        user=post.author, post=post, title="Ties", text=text, created_at=at, **fields
    )


def publish(post, text):
    return publish_post(post, by=post.author, title="Ties", text=text, audience=Audience.COURSE)


def state_named(post, source):
    return next(option for option in options_of(post) if option.source == source)


def options_of(post):
    return moment_options(post, ProcessNote.objects.filter(post=post).first() or ProcessNote())


def test_options_are_snapshots_and_versions_in_the_order_of_their_words(post, bob):
    one = take(post, "# Ties\n\nThey carry.", hours=2)
    two = take(post, "They carry old news.", hours=1, reason=DraftSnapshot.Reason.PASTE)
    DraftSnapshot.objects.create(user=bob, post=post, text="Not hers.")

    options = options_of(post)

    assert [(option.source, option.words, option.label) for option in options] == [
        (f"snapshot-{one.pk}", 2, ""),
        (f"snapshot-{two.pk}", 4, "before a paste"),
        ("version-1", 3, "version 1, published"),
    ]
    changes = compare_states(post, options[0], options[1])
    assert (changes.old.text, changes.new.text) == (options[0].text, "They carry old news.")
    assert changes.text.words.old == "Ties\nThey carry.\n"


def test_options_have_no_snapshots_when_the_course_is_over(post, course):
    snapshot = take(post, "They carry.", hours=2)
    factories.make_process_note(post, moments=["Its start."])
    post.process_note.moments.update(source=f"snapshot-{snapshot.pk}")
    take(post, "Never shown.", hours=1)
    course.ends_on = course.today() - timedelta(days=1)
    course.save()
    post.refresh_from_db()

    assert {option.text for option in options_of(post)} == {"Its start.", "They carry news."}


def test_options_have_a_chosen_moment_once_and_in_the_words_that_were_chosen(post):
    snapshot = take(post, "They carry.", hours=2)
    factories.make_process_note(post, moments=["They carry."])
    post.process_note.moments.update(source=f"snapshot-{snapshot.pk}")

    assert [option.source for option in options_of(post)].count(f"snapshot-{snapshot.pk}") == 1


def test_options_are_the_latest_and_all_that_were_chosen(post, monkeypatch):
    monkeypatch.setattr(process_notes, "MAX_OPTIONS", 2)
    factories.make_process_note(post, moments=["Its start."])
    for hours in (4, 3, 2):
        take(post, f"{hours} hours ago.", hours=hours)

    texts = {option.text for option in options_of(post)}

    assert texts == {"Its start.", "2 hours ago.", "They carry news."}


def test_options_are_no_longer_than_a_page_can_hold(post, monkeypatch):
    monkeypatch.setattr(process_notes, "MAX_OPTION_CHARS", 40)
    factories.make_process_note(post, moments=["Chosen, however long it is: it has a place."])
    for hours in (3, 2, 1):
        take(post, f"{hours} hours ago.", hours=hours)

    texts = {option.text for option in options_of(post)}

    assert texts >= {"Chosen, however long it is: it has a place.", "They carry news."}
    assert "3 hours ago." not in texts


def test_options_compare_nothing_before_they_are_asked(post, monkeypatch):
    monkeypatch.setattr("blog.queries.revisions.compare_texts", None)
    for hours in (2, 1):
        take(post, f"{hours} hours ago.", hours=hours)

    assert len(options_of(post)) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_options_cost(post, count, django_assert_num_queries):
    for hours in range(count):
        take(post, f"{hours} hours ago.", hours=hours)
    note = factories.make_process_note(post, moments=["Start."] * count)

    with django_assert_num_queries(3):
        moment_options(post, note)


def test_first_state_is_compared_with_itself(post):
    (only,) = options_of(post)

    comparison = compare_states(post, None, only)

    assert (comparison.is_empty, comparison.text.words.new) == (True, "They carry news.\n")


def test_states_have_citations_in_the_words_of_a_reader(post, ada):
    cited = "They carry [@granovetter1973, p. 12]."
    state = take(post, cited, hours=2)
    factories.make_reference(post, factories.make_work(post.course, added_by=ada))

    comparison = compare_states(post, None, state_named(post, f"snapshot-{state.pk}"))

    assert comparison.text.words.new == "They carry (Granovetter, 1973, p. 12).\n"


def test_states_have_citations_that_the_post_has_no_more(post, ada):
    cited = "They carry [@granovetter1973]."
    reference = factories.make_reference(post, factories.make_work(post.course, added_by=ada))
    publish(post, cited)
    reference.delete()
    publish(post, "They carry news.")

    comparison = compare_states(post, None, state_named(post, "version-2"))

    assert comparison.text.words.new == "They carry (Granovetter, 1973).\n"


def test_states_that_cannot_be_rendered_are_compared_as_they_were_typed(post):
    take(post, "[^a]" * 400, hours=2)
    old, new = options_of(post)

    comparison = compare_states(post, old, new)

    assert comparison.is_of_source
    assert comparison.text.words.old == "[^a]" * 400


@pytest.mark.parametrize("count", [1, 3])
def test_states_cost(post, count, django_assert_num_queries):
    for hours in range(count):
        take(post, f"{hours} hours ago.", hours=hours)
    old, *_rest, new = options_of(post)

    with django_assert_num_queries(2):
        compare_states(post, old, new)


def test_process_has_the_parts_that_are_for_its_reader(post, bob, instructor):
    note = factories.make_process_note(post, moments=["Weak ties."])
    statement = factories.make_help_statement(post)

    assert (process_of(post, bob).note, process_of(post, bob).help) == (note, None)
    assert process_of(post, instructor).help == statement
    ProcessNote.objects.update(audience=ToldAudience.TEAM)
    assert not process_of(post, bob)
    assert process_of(post, bob).moments == []


@pytest.mark.parametrize("count", [1, 3])
def test_process_cost(post, bob, count, django_assert_num_queries):
    factories.make_process_note(post, moments=["Start."] * count)
    assert bob.memberships_now

    with django_assert_num_queries(3):
        process_of(post, bob)
