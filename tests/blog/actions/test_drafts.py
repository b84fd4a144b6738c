"""Drafts that save themselves: whose save counts, and that two texts stay two until one chooses."""

from uuid import UUID

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from blog.actions.comment_drafts import (
    comment_draft_of,
    drop_comment_draft,
    save_comment_draft,
    version_of_comment,
)
from blog.actions.conflicts import bring_back, keep_other, settle, standing, version_at
from blog.actions.drafts import Tab, save_draft, start_post
from blog.actions.posts import publish_post
from blog.exceptions import Refused, StaleDraft
from blog.models import Audience, Comment, Draft, LogEntry, Outbox, Post, Revision, Target
from tests import factories

HERE, THERE = UUID(int=1), UUID(int=2)


@pytest.fixture
def post(ada, course):
    return start_post(course, by=ada, title="T", text="begun", tab=Tab(HERE, 1))


def words(text, title="T"):
    return {"title": title, "text": text, "audience": Audience.COURSE, "retreats_on": None}


def save(post, text, version, tab):
    return save_draft(post, by=post.author, title="T", text=text, version=version, tab=tab)


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
    """What a second page typed, kept beside the draft “from here”."""
    save(post, "from here", "0.1", Tab(HERE, 2))
    return keep_other(Target(post), by=ada, words=words("from there"), tab=Tab(THERE, 1))


def test_both_texts_are_kept(other, post):
    assert texts(is_other=False) == ["from here"]
    assert texts(is_other=True) == ["from there"]
    assert list(post.drafts.others()) == [other]


def test_the_second_page_goes_on_in_its_own_text(other, post, ada):
    keep_other(Target(post), by=ada, words=words("from there, more"), tab=Tab(THERE, 3))
    keep_other(Target(post), by=ada, words=words("from there, m"), tab=Tab(THERE, 2))

    assert texts(is_other=True) == ["from there, more"]


def test_a_third_page_has_a_text_of_its_own(other, post, ada):
    keep_other(Target(post), by=ada, words=words("third"), tab=Tab(UUID(int=3), 1))

    assert texts(is_other=True) == ["from there", "third"]


def test_to_keep_the_other_sets_the_draft_aside_and_undo_brings_it_back(other, post, ada):
    [aside] = settle(
        other, by=ada, kept=words("from there"), aside=[words("from here")], version="0.2"
    )

    assert texts(is_other=False) == ["from there"]
    assert not Draft.objects.others().exists()

    bring_back(aside, by=ada)

    assert texts(is_other=False) == ["from there"]
    assert list(Draft.objects.others().values_list("text", flat=True)) == ["from here"]


def test_to_keep_the_draft_sets_the_other_aside(other, ada):
    settle(other, by=ada, kept=words("from here"), aside=[words("from there")], version="0.2")

    assert texts(is_other=False) == ["from here"]
    assert texts(is_other=True, set_aside_at__isnull=False) == ["from there"]


def test_a_merged_text_sets_both_aside_and_undo_brings_both_back(other, post, ada):
    both = [words("from here"), words("from there")]
    aside = settle(other, by=ada, kept=words("from both", "Both"), aside=both, version="0.2")

    bring_back(aside[0], by=ada)

    assert texts(is_other=False) == ["from both"]
    assert texts(is_other=True, set_aside_at=None) == ["from here", "from there"]
    assert Post.objects.get().title == "Both"


def test_a_choice_stops_before_words_nobody_has_seen(other, post, ada):
    save(post, "from here, later", "0.2", Tab(HERE, 3))

    with pytest.raises(StaleDraft):
        settle(other, by=ada, kept=words("from there"), aside=[words("from here")], version="0.2")

    assert texts() == ["from here, later", "from there"]


def test_publishing_leaves_the_other_text_and_drafts_of_comments(other, post, ada):
    said = factories.make_draft_comment(ada, post)
    publish_post(post, by=ada, title="T", text="from here", audience=Audience.COURSE)

    assert list(Draft.objects.order_by("pk")) == [other, said]


def test_a_deleted_post_takes_no_choice(other, post, ada):
    post.deleted_at = post.created_at
    post.save()

    with pytest.raises(Refused):
        settle(other, by=ada, kept=words("x"), aside=[], version="0.2")


def test_saving_and_choosing_touch_no_publication_and_write_to_nobody(ada, bob, course):
    post = factories.make_post(ada, course, "T", "published")
    before = list(Post.objects.values()), list(Revision.objects.values())

    save(post, "typed", "1.0", Tab(HERE, 1))
    other = keep_other(Target(post), by=ada, words=words("typed there"), tab=Tab(THERE, 1))
    settle(other, by=ada, kept=words("typed there"), aside=[words("typed")], version="1.1")

    assert (list(Post.objects.values()), list(Revision.objects.values())) == before
    assert not LogEntry.objects.exists()
    assert not Outbox.objects.exists()
    assert mail.outbox == []


# Comments


@pytest.fixture
def talk(bob, course):
    return factories.make_post(bob, course)


@pytest.fixture
def said(talk, bob):
    return factories.make_comment(bob, talk, "A thought.")


def draft_comment(target, by, text, version="0.0", tab=None):
    return save_comment_draft(
        target, by=by, text=text, audience=30, version=version, tab=tab or Tab(HERE, 1)
    )


def test_each_place_of_a_conversation_has_its_own_draft(talk, said, ada, bob):
    draft_comment(Target.of_comment(talk), ada, "to the post")
    draft_comment(Target.of_comment(talk, parent=said), ada, "to Bob")
    draft_comment(Target.of_comment(talk, comment=said), bob, "A better thought.")

    assert texts() == ["A better thought.", "to Bob", "to the post"]
    assert comment_draft_of(Target.of_comment(talk, parent=said), ada).text == "to Bob"
    assert comment_draft_of(Target.of_comment(talk, parent=said), bob).text == ""


def test_nothing_typed_and_nothing_changed_need_no_row(talk, said, ada, bob):
    place = Target.of_comment(talk)
    draft = draft_comment(place, ada, "words")

    draft_comment(place, ada, " ", version_of_comment(draft), Tab(HERE, 2))
    draft_comment(Target.of_comment(talk, comment=said), bob, "A thought.")

    assert texts() == []


def test_a_comment_typed_in_two_pages_is_stale_in_the_second(talk, ada):
    place = Target.of_comment(talk)
    draft_comment(place, ada, "from here")

    with pytest.raises(StaleDraft):
        draft_comment(place, ada, "from there", tab=Tab(THERE, 1))
    other = keep_other(place, by=ada, words={"text": "from there", "audience": 30}, tab=None)
    settle(
        other,
        by=ada,
        kept={"text": "from both", "audience": 30},
        aside=[],
        version=version_at(place, standing(place, ada)),
    )

    assert texts() == ["from both"]


def test_a_sent_comment_takes_its_draft_away(talk, ada):
    place = Target.of_comment(talk)
    draft = draft_comment(place, ada, "words")

    drop_comment_draft(place, by=ada, version=version_of_comment(draft))

    assert texts() == []


def test_words_saved_in_another_page_since_are_not_taken_away(talk, ada):
    place = Target.of_comment(talk)
    draft = draft_comment(place, ada, "words")
    draft_comment(place, ada, "words, and more", version_of_comment(draft), Tab(THERE, 1))

    drop_comment_draft(place, by=ada, version=version_of_comment(draft), tab=Tab(HERE, 2))

    assert texts() == ["words, and more"]


def test_a_slow_save_does_not_bring_back_what_was_sent(talk, ada):
    factories.make_comment(ada, talk, "words")

    draft_comment(Target.of_comment(talk), ada, "words")

    assert texts() == []


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"kind": "comment"}, "one_comment_draft_per_writer_and_post"),
        ({"kind": "reply"}, "reply_drafts_alone_name_what_they_answer"),
        ({"kind": "edit"}, "edit_drafts_alone_name_their_comment"),
        ({"kind": "post", "set_aside_at": "2026-01-01T00:00Z"}, "never_set_aside"),
    ],
)
def test_the_database_is_the_last_witness(talk, ada, fields, rule):
    draft_comment(Target.of_comment(talk), ada, "words")

    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(user=ada, post=talk, **fields)

    assert Draft.objects.count() == 1
    assert any(rule in constraint.name for constraint in Draft._meta.constraints)


def test_a_standing_comment_of_the_same_words_elsewhere_keeps_no_draft_back(talk, said, ada):
    factories.make_comment(ada, talk, "Yes.", parent=said)

    draft_comment(Target.of_comment(talk), ada, "Yes.")

    assert texts() == ["Yes."]
    assert Comment.objects.count() == 2
