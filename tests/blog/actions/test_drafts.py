"""Drafts: started, saved, discarded, and never overwritten unseen."""

import threading
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from blog.actions.draft_conflicts import keep_conflict_copy, resolve_conflict
from blog.actions.drafts import discard_draft, save_draft, start_post
from blog.actions.post_states import delete_post, withdraw_post
from blog.actions.posts import publish_post
from blog.exceptions import DuplicatePost, NotAllowed, Refused, StaleDraft
from blog.models import Audience, Comment, Draft, Post, PostTarget, Revision, Tab, comment_target
from tests import factories


def publish(post, *, by=None, title="Weak ties", text="They carry news.", **fields):
    fields.setdefault("audience", Audience.COURSE)
    return publish_post(post, by=by or post.author, title=title, text=text, **fields)


# Beginning


def test_start_makes_a_post_and_its_first_draft(ada, course, prompt):
    post = start_post(course, by=ada, prompt=prompt, title="Ties", text="Half a thought")

    draft = Draft.objects.get(post=post)
    assert (post.status, post.published_at, post.revision) == ("draft", None, None)
    assert post.slug == f"draft-{post.pk:06}"
    assert (draft.user, draft.title, draft.text, draft.version) == (
        ada,
        "Ties",
        "Half a thought",
        1,
    )
    assert draft.audience == course.default_audience


def test_start_refuses_a_second_post_for_a_prompt_and_names_the_first(ada, course, prompt):
    first = start_post(course, by=ada, prompt=prompt)

    with pytest.raises(DuplicatePost) as refusal:
        start_post(course, by=ada, prompt=prompt)

    assert refusal.value.post == first
    assert Post.objects.count() == 1


def test_start_allows_another_post_after_a_withdrawal_or_deletion(ada, course, prompt):
    withdraw_post(factories.make_post(ada, course, prompt=prompt), by=ada)
    delete_post(factories.make_post(ada, course, prompt=prompt), by=ada)

    post = start_post(course, by=ada, prompt=prompt)

    assert post.prompt == prompt


def test_start_refuses_a_prompt_that_is_not_open(ada, course):
    later = factories.make_prompt(course, opens_at=timezone.now() + timedelta(days=1))

    with pytest.raises(Refused, match="not open yet"):
        start_post(course, by=ada, prompt=later)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_start_at_once_make_one_post(ada, course, prompt):
    barrier, outcomes = threading.Barrier(2), []

    def begin():
        barrier.wait()
        try:
            outcomes.append(start_post(course, by=ada, prompt=prompt))
        except DuplicatePost as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    tabs = [threading.Thread(target=begin) for _ in range(2)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["DuplicatePost", "Post"]
    assert Post.objects.count() == 1


# Saving


def test_save_keeps_the_words_and_counts_the_save(ada, course):
    post = start_post(course, by=ada, title="A", text="one")

    draft = save_draft(
        PostTarget(post),
        by=ada,
        title="B",
        text="two",
        audience=Audience.POD,
        public_until_day=date(2030, 1, 2),
    )

    draft.refresh_from_db()
    assert (draft.title, draft.text, draft.audience, draft.public_until_day, draft.version) == (
        "B",
        "two",
        Audience.POD,
        date(2030, 1, 2),
        2,
    )
    assert Post.objects.get().title == "B"


def test_save_of_the_same_words_changes_nothing_even_if_stale(ada, course):
    post = start_post(course, by=ada, title="A", text="one")

    draft = save_draft(PostTarget(post), by=ada, title="A", text="one", version="0.9")

    assert (draft.pk, draft.version) == (Draft.objects.get().pk, 1)


def test_save_from_a_stale_tab_overwrites_nothing(ada, course):
    post = start_post(course, by=ada, title="A", text="one")
    before = PostTarget(post).version_of(PostTarget(post).draft_by(ada))
    save_draft(PostTarget(post), by=ada, title="A", text="from the other tab", version=before)

    with pytest.raises(StaleDraft) as refusal:
        save_draft(PostTarget(post), by=ada, title="A", text="from this tab", version=before)

    assert Draft.objects.get().text == "from the other tab"
    assert (refusal.value.stored.text, refusal.value.version) == ("from the other tab", "0.2")


def test_save_from_before_a_publication_is_stale_though_the_draft_begins_anew(ada, course):
    post = start_post(course, by=ada, title="A", text="one")
    before = PostTarget(post).version_of(PostTarget(post).draft_by(ada))
    publish(post, title="A", text="one")

    with pytest.raises(StaleDraft) as refusal:
        save_draft(PostTarget(post), by=ada, title="A", text="an older thought", version=before)

    assert isinstance(refusal.value.stored, Revision)
    assert not Draft.objects.exists()


def test_save_on_a_published_post_leaves_the_published_words(ada, course):
    post = factories.make_post(ada, course, "Ties", "Published words.")

    save_draft(PostTarget(post), by=ada, title="Other ties", text="New words.")

    post = Post.objects.get()
    assert (post.title, post.revision.text) == ("Ties", "Published words.")
    assert Draft.objects.get().text == "New words."


def test_save_of_what_is_published_stores_no_draft(ada, course):
    post = factories.make_post(ada, course, "Ties", "Published words.")

    save_draft(PostTarget(post), by=ada, title="Ties", text="Published words.")

    assert not Draft.objects.exists()


def test_save_refuses_a_deleted_post(ada, course):
    post = factories.make_draft_post(ada, course, deleted_at=timezone.now())

    with pytest.raises(Refused, match="deleted"):
        save_draft(PostTarget(post), by=ada, title="", text="more")


HERE, THERE = UUID(int=1), UUID(int=2)


@pytest.fixture
def post(ada, course):
    return start_post(course, by=ada, title="T", text="begun", tab=Tab(HERE, 1))


def words(text, title="T"):
    return {"title": title, "text": text, "audience": Audience.COURSE, "public_until_day": None}


def save(post, text, version, tab):
    return save_draft(
        PostTarget(post), by=post.author, title="T", text=text, version=version, tab=tab
    )


def texts(**of):
    return sorted(Draft.objects.filter(**of).values_list("text", flat=True))


# One page that saves


def test_a_page_whose_answer_was_lost_is_not_in_conflict_with_itself(post):
    save(post, "begun and", "0.1", Tab(HERE, 2))

    draft = save(post, "begun and gone on", "0.1", Tab(HERE, 3))

    assert (draft.text, draft.version, draft.seq) == ("begun and gone on", 3, 3)


def test_a_save_that_comes_in_late_is_passed_over(post):
    save(post, "newer", "0.1", Tab(HERE, 3))

    save(post, "older", "0.1", Tab(HERE, 2))

    assert (Draft.objects.get().text, Draft.objects.get().version) == ("newer", 2)


def test_words_typed_back_to_what_they_were_outlive_a_slow_save_of_those_between(post):
    save(post, "begun", "0.1", Tab(HERE, 3))

    save(post, "between", "0.1", Tab(HERE, 2))

    assert Draft.objects.get().text == "begun"


def test_a_page_without_scripts_saves_each_time_it_is_sent(post):
    save(post, "one", "0.1", Tab(THERE))

    save(post, "two", "0.1", Tab(THERE))

    assert Draft.objects.get().text == "two"


def test_another_page_that_has_not_seen_the_last_save_is_stale(post):
    save(post, "from here", "0.1", Tab(HERE, 2))

    with pytest.raises(StaleDraft):
        save(post, "from there", "0.1", Tab(THERE, 1))

    assert Draft.objects.get().text == "from here"


def test_a_page_that_has_been_overtaken_is_stale_although_it_saved_before(post):
    save(post, "from there", "0.1", Tab(THERE, 1))

    with pytest.raises(StaleDraft):
        save(post, "from here again", "0.1", Tab(HERE, 2))


# Two texts


@pytest.fixture
def other(post, ada):
    """Return a conflict copy: what a second tab saved beside the draft “from here”."""
    save(post, "from here", "0.1", Tab(HERE, 2))
    return keep_conflict_copy(
        PostTarget(post), by=ada, content=words("from there"), tab=Tab(THERE, 1)
    )


# Comments


@pytest.fixture
def bobs_post(bob, course):
    return factories.make_post(bob, course)


@pytest.fixture
def comment(bobs_post, bob):
    return factories.make_comment(bob, bobs_post, "A thought.")


def draft_comment(target, by, text, version="0.0", tab=None):
    return save_draft(
        target, by=by, text=text, audience=30, version=version, tab=tab or Tab(HERE, 1)
    )


def test_each_place_of_a_conversation_has_its_own_draft(bobs_post, comment, ada, bob):
    draft_comment(comment_target(bobs_post), ada, "to the post")
    draft_comment(comment_target(bobs_post, parent=comment), ada, "to Bob")
    draft_comment(comment_target(bobs_post, comment=comment), bob, "A better thought.")

    assert texts() == ["A better thought.", "to Bob", "to the post"]
    assert comment_target(bobs_post, parent=comment).draft_by(ada).text == "to Bob"
    assert comment_target(bobs_post, parent=comment).draft_by(bob).text == ""


def test_a_comment_on_a_post_one_cannot_read_any_more_is_not_stored(bobs_post, ada):
    bobs_post.audience = Audience.ONLY_ME
    bobs_post.save()

    with pytest.raises(NotAllowed):
        draft_comment(comment_target(bobs_post), ada, "words")

    assert texts() == []


def test_nothing_typed_and_nothing_changed_need_no_row(bobs_post, comment, ada, bob):
    place = comment_target(bobs_post)
    draft = draft_comment(place, ada, "words")

    draft_comment(place, ada, " ", place.version_of(draft), Tab(HERE, 2))
    draft_comment(comment_target(bobs_post, comment=comment), bob, "A thought.")

    assert texts() == []


def test_a_comment_typed_in_two_pages_is_stale_in_the_second(bobs_post, ada):
    place = comment_target(bobs_post)
    draft_comment(place, ada, "from here")

    with pytest.raises(StaleDraft):
        draft_comment(place, ada, "from there", tab=Tab(THERE, 1))
    other = keep_conflict_copy(
        place, by=ada, content={"text": "from there", "audience": 30}, tab=None
    )
    resolve_conflict(
        other,
        by=ada,
        chosen={"text": "from both", "audience": 30},
        rest=[],
        version=place.version_of(place.draft_by(ada)),
    )

    assert texts() == ["from both"]


def test_a_sent_comment_takes_its_draft_away(bobs_post, ada):
    place = comment_target(bobs_post)
    draft = draft_comment(place, ada, "words")

    discard_draft(place, by=ada, version=place.version_of(draft))

    assert texts() == []


def test_words_saved_in_another_page_since_are_not_taken_away(bobs_post, ada):
    place = comment_target(bobs_post)
    draft = draft_comment(place, ada, "words")
    draft_comment(place, ada, "words, and more", place.version_of(draft), Tab(THERE, 1))

    discard_draft(place, by=ada, version=place.version_of(draft), tab=Tab(HERE, 2))

    assert texts() == ["words, and more"]


def test_a_slow_save_does_not_bring_back_what_was_sent(bobs_post, ada):
    factories.make_comment(ada, bobs_post, "words")

    draft_comment(comment_target(bobs_post), ada, "words")

    assert texts() == []


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"kind": "comment"}, "one_comment_draft_per_writer_and_post"),
        ({"kind": "reply"}, "only_reply_drafts_have_a_parent"),
        ({"kind": "edit"}, "only_edit_drafts_have_a_comment"),
        ({"kind": "post", "archived_at": "2026-01-01T00:00Z"}, "never_archived"),
    ],
)
def test_the_database_refuses_a_second_draft(bobs_post, ada, fields, rule):
    draft_comment(comment_target(bobs_post), ada, "words")

    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(user=ada, post=bobs_post, **fields)

    assert Draft.objects.count() == 1
    assert any(rule in constraint.name for constraint in Draft._meta.constraints)


def test_an_open_comment_of_the_same_words_elsewhere_keeps_no_draft_back(bobs_post, comment, ada):
    factories.make_comment(ada, bobs_post, "Yes.", parent=comment)

    draft_comment(comment_target(bobs_post), ada, "Yes.")

    assert texts() == ["Yes."]
    assert Comment.objects.count() == 2
