"""Comments that are kept as they are printed: nobody gets what was kept for somebody else.

Each page is opened by others before and after, so that what is kept is there to be mistaken.
"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils.safestring import SafeString

from blog.models import Comment, SeenComments
from blog.templatetags import threads
from blog.templatetags.threads import CommentShape, Said, Writer
from network.models import Mute
from tests import factories

AT = datetime(2026, 10, 18, 21, 30, tzinfo=UTC)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture(autouse=True)
def _nothing_kept():
    threads._plain_comment.cache_clear()


@pytest.fixture
def post(course, ada):
    return factories.make_post(ada, course)


@pytest.fixture
def comment(bob, post):
    return factories.make_comment(bob, post, "First thought.", at=AT)


@pytest.fixture
def cem(course):
    cem = factories.make_user("Cem Third")
    factories.add_member(course, cem)
    return cem


def opened(reader, post):
    """Return the thread of a post as a reader gets it."""
    client = Client()
    client.force_login(reader)
    page = client.get(post.get_absolute_url()).content.decode()
    return page[page.index('id="talk-h"') :]


def test_a_second_reader_gets_what_was_kept_with_a_token_of_their_own(comment, post, ada, cem):
    pages = [opened(reader, post) for reader in (ada, cem, ada)]

    assert threads._plain_comment.cache_info().hits > 0
    for page in pages:
        assert "First thought." in page
        assert threads.TOKEN_PLACE not in page
    tokens = [set(TOKEN.findall(page)) for page in pages]
    assert not tokens[0] & tokens[1]


def test_only_its_author_gets_the_menu_of_their_own_comment(comment, post, ada, bob, cem):
    edit = f"/comments/{comment.pk}/edit/"

    found = [edit in opened(reader, post) for reader in (ada, bob, cem, bob, ada)]

    assert found == [False, True, False, True, False]


def test_only_the_team_gets_what_it_can_do(comment, post, ada, cem, instructor):
    found = ["Moderate…" in opened(reader, post) for reader in (cem, instructor, cem, ada)]

    assert found == [False, True, False, False]


@pytest.mark.parametrize("audience", [Comment.Audience.TEAM, Comment.Audience.READERS])
def test_a_comment_stays_with_its_audience(post, ada, bob, cem, instructor, audience):
    factories.make_comment(bob, post, "canary-31", audience=audience)
    is_open = audience == Comment.Audience.READERS

    readers = (ada, cem, bob, cem, instructor, cem)
    found = ["canary-31" in opened(reader, post) for reader in readers]

    assert found == [True, is_open, True, is_open, True, is_open]


def test_a_comment_that_is_hidden_deleted_or_waits_is_gone_at_once(comment, post, ada, cem):
    def sees():
        return ["First thought." in opened(reader, post) for reader in (ada, cem)]

    assert sees() == [True, True]
    Comment.objects.filter(pk=comment.pk).update(state=Comment.State.HIDDEN)
    assert sees() == [True, False]
    Comment.objects.filter(pk=comment.pk).update(state=Comment.State.OPEN, deleted_at=AT)
    assert sees() == [False, False]
    Comment.objects.filter(pk=comment.pk).update(deleted_at=None)
    assert sees() == [True, True]


def test_a_changed_text_is_there_at_once(comment, post, ada):
    opened(ada, post)

    Comment.objects.filter(pk=comment.pk).update(html="<p>Second thought.</p>")

    page = opened(ada, post)
    assert "Second thought." in page
    assert "First thought." not in page


def test_a_comment_by_a_guest_is_the_teams_until_it_is_let_in(post, ada, cem, instructor):
    guest = factories.make_guest_comment(post, "canary-32", name="Gil Guest")
    found = ["canary-32" in opened(reader, post) for reader in (instructor, cem)]
    Comment.objects.filter(pk=guest.pk).update(state=Comment.State.OPEN)
    found += ["canary-32" in opened(reader, post) for reader in (instructor, cem, ada)]

    assert found == [True, False, True, True, True]


def test_a_new_name_is_there_at_once(comment, post, ada, bob):
    assert "Bob Student" in opened(ada, post)

    bob.display_name = "Robin Newname"
    bob.save()

    page = opened(ada, post)
    assert "Robin Newname" in page
    assert "Bob Student" not in page


def test_a_withheld_name_is_withheld_from_the_next_page_on(comment, post, course, ada, bob, cem):
    membership = bob.membership_in(course)
    for reader in (ada, cem, bob):
        assert "Bob Student" in opened(reader, post)

    membership.is_confidential = True
    membership.save()
    bob.is_confidential = True
    bob.save()

    found = ["Bob Student" in opened(reader, post) for reader in (bob, ada, bob, cem)]
    assert found == [True, False, True, False]


def test_whoever_mutes_somebody_folds_them_for_themselves_alone(comment, post, course, ada, cem):
    before = opened(ada, post)
    Mute.objects.create(course=course, by=cem, muted=comment.author)

    muted = opened(cem, post)

    assert "<details" in muted[muted.index("comment-head") : muted.index("First thought.")]
    folded = before[before.index("comment-head") : before.index("First thought.")]
    after = opened(ada, post)
    assert "<details" not in folded
    assert "<details" not in after[after.index("comment-head") : after.index("First thought.")]


def test_a_time_is_that_of_the_courses_zone(comment, post, course, ada):
    assert "18 Oct, 21:30" in opened(ada, post)

    course.time_zone = "Asia/Kolkata"
    course.save()

    assert "19 Oct, 03:00" in opened(ada, post)


def test_a_date_gets_its_year_when_the_year_is_over(comment, post, ada, monkeypatch):
    assert "18 Oct, 21:30" in opened(ada, post)

    for module in ("threads", "dates"):
        monkeypatch.setattr(
            f"blog.templatetags.{module}.today", lambda course=None: date(2031, 1, 1)
        )

    assert "18 Oct 2026, 21:30" in opened(ada, post)


def test_new_comments_are_new_to_each_reader(comment, post, ada, cem, bob):
    SeenComments.objects.create(user=ada, post=post, seen_at=AT + timedelta(hours=1))
    later = factories.make_comment(bob, post, "Later.")

    found = [f'id="c{later.pk}"' in opened(reader, post) for reader in (ada, cem)]
    marked = ["data-new" in opened(reader, post) for reader in (ada, cem, ada)]

    assert found == [True, True]
    assert marked == [True, False, True]


def test_what_is_kept_has_the_language_in_its_key():
    fields = dict.fromkeys(CommentShape._fields, False) | {"reply_to": "", "readers": ""}
    shape = CommentShape(**fields)
    writer = Writer("Bob", "Bob", "", "bob", "")
    said = Said("en", "UTC", 2026, "c", 1, writer, "", "", AT, None, None, "<p>Text.</p>")

    threads._printed(shape, said)
    threads._printed(shape, said)
    threads._printed(shape, said._replace(language="de"))

    assert threads._plain_comment.cache_info()[:2] == (1, 2)


def texts_of(said):
    """Return all texts of what a comment prints, but those of the course and the stored HTML."""
    return [*said.writer, said.course_slug, said.addressee]


def test_all_that_is_a_key_is_escaped(comment, post, ada, bob, cem, monkeypatch):
    """Text that is safe and the same that is not are one key, and one would be printed as both."""
    bob.display_name = "<i>Bob</i>"
    bob.save()
    factories.make_comment(ada, post, "For Cem.", parent=comment)
    Comment.objects.update(addressee=bob, addressee_corrected=True)
    guest = factories.make_guest_comment(post, "By a guest.", name="<i>Gil</i>")
    Comment.objects.filter(pk=guest.pk).update(state=Comment.State.OPEN)
    factories.make_comment(cem, post, "For the guest.", parent=guest)
    kept = []
    printed = threads._printed
    monkeypatch.setattr(
        threads, "_printed", lambda shape, said: kept.append(said) or printed(shape, said)
    )

    page = opened(cem, post)

    assert len(kept) == 4
    assert {type(text) for said in kept for text in texts_of(said)} == {SafeString}
    assert "&lt;i&gt;Bob&lt;/i&gt;" in page
    assert "&lt;i&gt;Gil&lt;/i&gt;" in page
    assert "<i>" not in page
    assert "&amp;lt;" not in page


def test_long_comments_are_not_kept(bob, post, ada):
    html = f"<p>{'long ' * 1_000}</p>"
    long = factories.make_comment(bob, post, "Long.")
    Comment.objects.filter(pk=long.pk).update(html=html)

    assert html in opened(ada, post)
    assert threads._plain_comment.cache_info().currsize == 0
