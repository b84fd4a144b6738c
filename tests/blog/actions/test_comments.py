"""Comments: what is written, what is refused, and what the ties are told."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from blog.actions.comments import (
    add_comment,
    correct_addressee,
    delete_comment,
    edit_comment,
    hide_comment,
    restore_comment,
    show_comment,
)
from blog.exceptions import NotAllowed, Refused, TextRefused
from blog.models import Audience, AuditEvent, Comment, Interaction, Membership, Post
from blog.queries.comments import possible_addressees
from blog.queries.post_page import post_by_address
from blog.signals import interactions_changed
from tests import factories

# A literal, since the name of a test must be the same in every process.
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)

TEAM, READERS, EVERYONE = Comment.Audience.TEAM, Comment.Audience.READERS, Comment.Audience.EVERYONE


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


@pytest.fixture
def comment(bob, post):
    return add_comment(post, by=bob, text="A thought.")


@contextmanager
def told():
    """Collect what the ties are told: a list of (removed, added)."""
    news = []

    def listen(sender, course, removed, added, **kwargs):
        news.append((removed, added))

    interactions_changed.connect(listen)
    try:
        yield news
    finally:
        interactions_changed.disconnect(listen)


def interaction(comment, source, target):
    return Interaction(comment.post.course_id, source.pk, target.pk, comment.post_id, comment.day)


# add_comment


def test_add_comment_is_open_and_addressed_to_the_author(post, ada, bob):
    with told() as news:
        comment = add_comment(post, by=bob, text="I *agree*.")

    comment.refresh_from_db()
    assert (comment.author, comment.addressee, comment.parent) == (bob, ada, None)
    assert (comment.text, comment.html) == ("I *agree*.", '<p dir="auto">I <em>agree</em>.</p>')
    assert (comment.state, comment.audience) == (Comment.State.OPEN, READERS)
    assert news == [([], [interaction(comment, bob, ada)])]


def test_add_comment_with_a_parent_is_addressed_to_its_author(post, ada, bob, instructor, comment):
    with told() as news:
        answer = add_comment(post, by=instructor, text="And how?", parent=comment)

    assert (answer.parent, answer.addressee) == (comment, bob)
    assert news == [([], [interaction(answer, instructor, bob)])]


def test_add_comment_to_a_guest_has_no_addressee_and_ties_nobody(post, ada):
    guest = factories.make_comment(None, post, guest_name="R. Ito", addressee=None)

    with told() as news:
        answer = add_comment(post, by=ada, text="Welcome.", parent=guest)

    assert answer.addressee is None
    assert news == []


def test_add_comment_to_oneself_ties_nobody(post, ada):
    with told() as news:
        comment = add_comment(post, by=ada, text="One thing more.")

    assert comment.addressee == ada
    assert news == []


def test_add_comment_keeps_the_day_it_was_where_the_course_is(ada, bob, instructor):
    course = factories.make_course(time_zone="Pacific/Auckland", starts_on="2020-01-01")
    for user in (ada, bob):
        factories.add_member(course, user)
    post = factories.make_post(ada, course)
    post.refresh_from_db()
    evening = datetime(2021, 3, 1, 20, 0, tzinfo=UTC)

    comment = add_comment(post, by=bob, text="Morning here.", at=evening)

    assert (comment.created_at, str(comment.day)) == (evening, "2021-03-02")


def test_add_comment_never_dates_itself_into_the_future(post, bob):
    comment = add_comment(post, by=bob, text="Soon.", at=timezone.now() + timedelta(days=3))

    assert comment.created_at <= timezone.now()


@pytest.mark.parametrize("text", ["", "  \n ", "*&#8203;*"])
def test_add_comment_refuses_a_text_with_nothing_to_read(post, bob, text):
    with pytest.raises(TextRefused):
        add_comment(post, by=bob, text=text)

    assert not Comment.objects.exists()


def test_add_comment_refuses_a_text_that_is_too_long(post, bob):
    with pytest.raises(TextRefused):
        add_comment(post, by=bob, text="word " * 2_001)

    assert not Comment.objects.exists()


def test_add_comment_prints_hostile_text_as_words(post, bob):
    comment = add_comment(post, by=bob, text="<script>alert(1)</script>[x](javascript:alert(1))")

    assert "<script" not in comment.html
    assert "href" not in comment.html


def test_add_comment_links_paragraphs_that_exist(ada, bob, course):
    post = factories.make_post(ada, course)
    post.revision.paragraphs = ["One.", "Two."]
    post.revision.save()

    comment = add_comment(post, by=bob, text="On ¶2, not ¶3, `¶1` and [¶1](#p1).")

    assert comment.html == (
        '<p dir="auto">On <a href="#p2">¶2</a>, not ¶3, <code>¶1</code> and '
        '<a href="#p1">¶1</a>.</p>'
    )


@pytest.mark.parametrize("status", [Post.Status.WITHDRAWN, Post.Status.DRAFT])
def test_add_comment_refuses_a_post_that_is_not_published(post, bob, status):
    Post.objects.filter(pk=post.pk).update(status=status)

    with pytest.raises(Refused, match="no longer published"):
        add_comment(post, by=bob, text="Hello?")


def test_add_comment_refuses_a_deleted_post(post, bob):
    Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now())

    with pytest.raises(Refused, match="no longer published"):
        add_comment(post, by=bob, text="Hello?")


def test_add_comment_closes_after_the_courses_last_day(post, bob, course):
    course.ends_on = course.today() - timedelta(days=1)
    course.save()

    with pytest.raises(Refused, match="has ended"):
        add_comment(post, by=bob, text="Too late?")
    imported = add_comment(post, by=bob, text="In time.", at=timezone.now() - timedelta(days=1))

    assert list(post.comments.all()) == [imported]


def test_add_comment_stays_open_on_the_last_day(post, bob, course):
    course.ends_on = course.today()
    course.save()

    assert add_comment(post, by=bob, text="Just in time.").pk


@pytest.mark.parametrize("who", ["observer", "eve"])
def test_add_comment_refuses_those_who_do_not_write_here(request, post, who):
    with pytest.raises(Refused, match="cannot comment"):
        add_comment(post, by=request.getfixturevalue(who), text="Hello?")


def test_add_comment_refuses_a_post_that_was_narrowed_meanwhile(post, bob, course):
    found = post_by_address(bob, course, post.slug)
    found.course = course
    Post.objects.filter(pk=post.pk).update(audience=Audience.ONLY_ME)

    with pytest.raises(NotAllowed):
        add_comment(found, by=bob, text="A thought.")

    assert not post.comments.exists()


@pytest.mark.parametrize(
    "gone", [{"deleted_at": LONG_AGO}, {"state": Comment.State.HIDDEN}], ids=str
)
def test_add_comment_refuses_a_reply_to_a_comment_that_is_not_open(post, ada, comment, gone):
    Comment.objects.filter(pk=comment.pk).update(**gone)

    with pytest.raises(Refused, match="is gone"):
        add_comment(post, by=ada, text="But why?", parent=comment)


def test_add_comment_refuses_a_reply_to_a_comment_that_one_cannot_read(post, bob, course):
    classmate = factories.make_user()
    factories.add_member(course, classmate)
    private = factories.make_comment(classmate, post, audience=TEAM)

    with pytest.raises(Refused, match="is gone"):
        add_comment(post, by=bob, text="What did you say?", parent=private)

    assert list(post.comments.all()) == [private]


def test_add_comment_refuses_a_parent_from_another_post(post, ada, comment, course):
    other = factories.make_post(ada, course, "Another")

    with pytest.raises(Refused, match="is gone"):
        add_comment(other, by=ada, text="Where am I?", parent=comment)


@pytest.mark.parametrize(
    ("post_audience", "parent_audience", "asked", "given"),
    [
        (Audience.COURSE, None, TEAM, TEAM),
        (Audience.COURSE, None, READERS, READERS),
        (Audience.COURSE, None, EVERYONE, READERS),
        (Audience.SIGNED_IN, None, EVERYONE, EVERYONE),
        (Audience.PUBLIC, None, EVERYONE, EVERYONE),
        (Audience.PUBLIC, READERS, EVERYONE, READERS),
        (Audience.PUBLIC, TEAM, EVERYONE, TEAM),
        (Audience.COURSE, TEAM, READERS, TEAM),
    ],
)
def test_add_comment_is_never_wider_than_its_parent_or_its_post(
    post, bob, instructor, post_audience, parent_audience, asked, given
):
    Post.objects.filter(pk=post.pk).update(audience=post_audience)
    parent = parent_audience and factories.make_comment(bob, post, audience=parent_audience)

    comment = add_comment(post, by=instructor, text="Well.", parent=parent, audience=asked)

    assert comment.audience == given


# edit_comment


def test_edit_comment_changes_words(bob, comment):
    before = comment.created_at, comment.day

    with told() as news:
        edit_comment(comment, by=bob, text="On **second** thought.")

    comment.refresh_from_db()
    assert comment.html == '<p dir="auto">On <strong>second</strong> thought.</p>'
    assert (comment.created_at, comment.day) == before
    assert news == []
    assert AuditEvent.objects.get().action == "comment_edited"


def test_edit_comment_without_new_words_is_not_marked(bob, comment):
    edit_comment(comment, by=bob, text=comment.text, audience=TEAM)

    comment.refresh_from_db()
    assert (comment.edited_at, comment.audience) == (None, TEAM)


@pytest.mark.parametrize("who", ["ada", "instructor", "eve"])
def test_edit_comment_is_its_authors(request, comment, who):
    with pytest.raises(Refused, match="Only its author"):
        edit_comment(comment, by=request.getfixturevalue(who), text="Not mine.")

    comment.refresh_from_db()
    assert comment.text == "A thought."


def test_edit_comment_refuses_a_deleted_one(bob, comment):
    delete_comment(comment, by=bob)

    with pytest.raises(Refused, match="was deleted"):
        edit_comment(comment, by=bob, text="From beyond.")


def test_edit_comment_cannot_become_narrower_than_a_reply(ada, bob, post, comment):
    add_comment(post, by=ada, text="Seen by all.", parent=comment)

    with pytest.raises(Refused, match="cannot limit it"):
        edit_comment(comment, by=bob, text="Psst.", audience=TEAM)

    comment.refresh_from_db()
    assert (comment.audience, comment.text) == (READERS, "A thought.")


def test_edit_comment_narrows_deleted_replies(ada, bob, post, comment):
    answer = add_comment(post, by=ada, text="Seen by all.", parent=comment)
    below = add_comment(post, by=bob, text="And this.", parent=answer)
    delete_comment(answer, by=ada)
    delete_comment(below, by=bob)

    edit_comment(comment, by=bob, text="Psst.", audience=TEAM)

    restore_comment(below, by=bob)
    assert set(post.comments.values_list("audience", flat=True)) == {TEAM}


@pytest.mark.parametrize("state", [Comment.State.HIDDEN, Comment.State.WAITING])
def test_edit_comment_does_not_tell_of_replies_that_its_writer_cannot_see(
    ada, bob, post, comment, state
):
    held = factories.make_comment(ada, post, parent=comment, state=state, tied=False)

    edit_comment(comment, by=bob, text="Psst.", audience=TEAM)

    held.refresh_from_db()
    assert held.audience == TEAM


def test_edit_comment_sees_an_open_reply_below_a_deleted_one(ada, bob, post, comment):
    answer = add_comment(post, by=ada, text="Seen by all.", parent=comment)
    add_comment(post, by=ada, text="This too.", parent=answer)
    delete_comment(answer, by=ada)

    with pytest.raises(Refused, match="cannot limit it"):
        edit_comment(comment, by=bob, text="Psst.", audience=TEAM)

    assert set(post.comments.values_list("audience", flat=True)) == {READERS}


# delete, restore, hide, show


def test_delete_and_restore_take_a_share_and_give_it_back(ada, bob, comment):
    with told() as news:
        delete_comment(comment, by=bob)
        delete_comment(comment, by=bob)
        restore_comment(comment, by=bob)
        restore_comment(comment, by=bob)

    share = interaction(comment, bob, ada)
    assert news == [([share], []), ([], [share])]
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["comment_deleted", "comment_restored"]


def test_delete_leaves_replies_and_their_ties(ada, bob, post, comment):
    answer = add_comment(post, by=ada, text="Thank you.", parent=comment)

    with told() as news:
        delete_comment(comment, by=bob)

    answer.refresh_from_db()
    assert (answer.parent, answer.addressee) == (comment, bob)
    assert news == [([interaction(comment, bob, ada)], [])]


@pytest.mark.parametrize("action", [delete_comment, restore_comment])
@pytest.mark.parametrize("who", ["ada", "instructor", "eve"])
def test_delete_and_restore_are_the_authors(request, comment, action, who):
    with pytest.raises(Refused, match="Only its author"):
        action(comment, by=request.getfixturevalue(who))


def test_a_member_who_left_changes_nothing(bob, comment, course):
    Membership.objects.filter(user=bob, course=course).update(ended_at=timezone.now())
    bob.__dict__.pop("memberships_now", None)

    with pytest.raises(Refused, match="Only its author"):
        delete_comment(comment, by=bob)


def test_hide_and_show_take_a_share_and_give_it_back(ada, bob, assistant, comment):
    with told() as news:
        hide_comment(comment, by=assistant)
        hide_comment(comment, by=assistant)
        show_comment(comment, by=assistant)

    comment.refresh_from_db()
    share = interaction(comment, bob, ada)
    assert news == [([share], []), ([], [share])]
    assert comment.state == Comment.State.OPEN
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", "actor"))
    assert actions == [("comment_hidden", assistant.pk), ("comment_shown", assistant.pk)]


def test_show_lets_a_waiting_comment_in(ada, bob, instructor, post):
    waiting = factories.make_comment(bob, post, state=Comment.State.WAITING)

    with told() as news:
        show_comment(waiting, by=instructor)

    assert news == [([], [interaction(waiting, bob, ada)])]


@pytest.mark.parametrize("action", [hide_comment, show_comment])
@pytest.mark.parametrize("who", ["ada", "bob", "observer", "eve"])
def test_hide_and_show_are_the_teams(request, comment, action, who):
    with pytest.raises(Refused, match="not allowed"):
        action(comment, by=request.getfixturevalue(who))


# correct_addressee


def test_correct_addressee_moves_the_tie(ada, bob, instructor, post, comment):
    factories.make_comment(instructor, post)

    with told() as news:
        correct_addressee(comment, by=bob, addressee=instructor)

    comment.refresh_from_db()
    assert (comment.addressee, comment.addressee_corrected) == (instructor, True)
    assert news == [([interaction(comment, bob, ada)], [interaction(comment, bob, instructor)])]


def test_correct_addressee_back_to_the_default_undoes_the_correction(
    ada, bob, instructor, post, comment
):
    factories.make_comment(instructor, post)
    correct_addressee(comment, by=instructor, addressee=instructor)

    correct_addressee(comment, by=bob, addressee=ada)

    comment.refresh_from_db()
    assert (comment.addressee, comment.addressee_corrected) == (ada, False)


@pytest.mark.parametrize("who", ["ada", "assistant", "observer", "eve"])
def test_correct_addressee_is_the_authors_and_the_instructors(request, ada, comment, who):
    with pytest.raises(Refused, match="Only the author of a comment or an instructor"):
        correct_addressee(comment, by=request.getfixturevalue(who), addressee=ada)


def test_correct_addressee_stays_in_the_conversation(bob, assistant, comment):
    with pytest.raises(Refused, match="takes part"):
        correct_addressee(comment, by=bob, addressee=assistant)


def test_possible_addressees_are_the_author_and_who_speaks(
    ada, bob, instructor, assistant, course, post, comment
):
    factories.make_comment(instructor, post)
    factories.make_comment(assistant, post, deleted_at=timezone.now())
    factories.make_comment(assistant, factories.make_post(ada, course, "Another"))

    assert list(possible_addressees(comment, bob)) == [ada, instructor]
