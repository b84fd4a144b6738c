"""Imports from WordPress: what comes as whose, once, and how it is taken back."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from blog.actions.wordpress_imports import (
    answer_wordpress_import,
    import_wordpress_posts,
)
from blog.exceptions import Refused
from blog.models import (
    Audience,
    AuditEvent,
    Comment,
    ImportedPost,
    Notification,
    OutboxMessage,
    Picture,
    Post,
    Revision,
    SearchEntry,
    WordPressImport,
)
from network import ties
from tests import factories
from tests.blog.actions.wordpress_steps import THREE, bring, do, go_on, key_of, start, zip_of
from tests.network.ties.support import arcs
from tests.wordpress_files import attachment, comment, item

pytestmark = pytest.mark.django_db


# What a post becomes


def test_a_post_keeps_its_date_its_author_and_its_words(course, instructor, ada):
    bring(course, instructor, item(title="Of ties"), author_0=key_of(course, ada))

    [post] = Post.objects.all()
    at = datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert (post.author, post.title, post.slug) == (ada, "Of ties", "of-ties")
    assert (post.status, post.audience, post.prompt) == ("published", Audience.COURSE, None)
    assert (post.published_at, post.created_at) == (at, at)
    revision = post.revision
    assert (revision.text, revision.html, revision.number) == (
        "Words of a post.",
        '<p dir="auto" id="p1">Words of a post.</p>',
        1,
    )
    assert (revision.created_by, revision.created_at, revision.audience) == (
        ada,
        at,
        Audience.COURSE,
    )
    assert SearchEntry.objects.filter(post=post).exists()


def test_a_post_of_nobody_here_is_the_instructors_and_names_its_author(course, instructor):
    authors = (("ada", "*Grace* [H](x)", ""),)

    bring(course, instructor, item(), file={"authors": authors})

    [post] = Post.objects.all()
    assert post.author == instructor
    assert post.revision.html.startswith(
        '<p dir="auto" id="p1"><em>Written by *Grace* [H](x)</em></p>'
    )


def test_words_that_are_stored_are_in_the_language_of_the_course(course, instructor):
    """Whoever brings a blog in, or nobody, in ``tick``, may speak another one."""
    course.language = "en"
    course.save()

    with translation.override("fr-ca"):
        bring(course, instructor, item(title="", comments=[comment(name="")]))

    [post] = Post.objects.all()
    assert post.title == "Untitled"
    assert post.revision.text.startswith("*Written by Ada Luna*")
    assert Comment.objects.get().guest_name == "Anonymous guest"


def test_a_post_is_for_the_prompt_that_is_chosen(course, instructor, ada):
    prompt = factories.make_prompt(course)

    bring(
        course,
        instructor,
        item(1),
        item(2, at="2020-03-01 00:00:00"),
        author_0=key_of(course, ada),
        post_0=f"prompt-{prompt.pk}",
        post_1=f"prompt-{prompt.pk}",
    )

    assert [post.prompt for post in Post.objects.order_by("published_at")] == [prompt, None]


def test_a_post_that_is_left_out_does_not_come(course, instructor):
    done = bring(course, instructor, item(1, title="In"), item(2, title="Out"), post_1="leave")

    assert [post.title for post in Post.objects.all()] == ["In"]
    assert done.changes["posts"] == 1


def test_somebody_who_is_left_out_does_not_come(course, instructor, ada):
    bring(
        course,
        instructor,
        item(1, comments=[comment(1, name="Gil"), comment(2, name="Bob Ray", account=2)]),
        item(2, login="bob"),
        file={"authors": THREE},
        author_0=key_of(course, ada),
        author_1="leave",
    )

    assert [post.author for post in Post.objects.all()] == [ada]
    assert [one.guest_name for one in Comment.objects.all()] == ["Gil"]


@pytest.mark.parametrize(
    ("chosen", "audience"),
    [
        (Audience.ONLY_ME, Audience.ONLY_ME),
        (Audience.INSTRUCTORS, Audience.INSTRUCTORS),
        (Audience.COURSE, Audience.COURSE),
        (Audience.PUBLIC, Audience.INSTRUCTORS),
        (Audience.POD, Audience.INSTRUCTORS),
    ],
)
def test_the_audience_is_never_wider_than_the_course(course, instructor, chosen, audience):
    course.widest_audience = Audience.PUBLIC
    course.save()

    bring(course, instructor, item(), audience=int(chosen))

    assert Post.objects.get().audience == audience


def test_the_audience_is_never_wider_than_the_prompt_allows(course, instructor):
    prompt = factories.make_prompt(course, widest_audience=Audience.INSTRUCTORS)

    bring(course, instructor, item(), post_0=f"prompt-{prompt.pk}")

    assert Post.objects.get().audience == Audience.INSTRUCTORS


@pytest.mark.parametrize(
    "fields",
    [{"status": "private"}, {"more": "<wp:post_password>x</wp:post_password>"}],
)
def test_private_posts_stay_with_their_author(course, instructor, ada, fields):
    done = bring(course, instructor, item(**fields), author_0=key_of(course, ada))

    assert Post.objects.get().audience == Audience.ONLY_ME
    assert not Post.objects.visible_to(instructor).exists()
    assert Post.objects.visible_to(ada).exists()
    assert done.changes["posts"] == 1


def test_a_post_that_is_too_long_is_told_and_the_rest_comes(course, instructor):
    long = "<p>" + "word " * 20_000 + "</p>"
    started = start(course, instructor, item(1, long), item(2))

    do(started, instructor, author_0="guest")

    assert [post.title for post in Post.objects.all()] == ["A post"]


def test_who_gets_something_under_their_name_is_told_once_and_nobody_else(
    course, instructor, ada, bob
):
    bring(
        course,
        instructor,
        item(1, title="First", login="ada", comments=[comment(1), comment(2, account=2)]),
        item(2, login="ada", at="2020-03-01 00:00:00"),
        file={"authors": THREE},
        author_0=key_of(course, ada),
        author_1=key_of(course, bob),
    )

    told = Notification.objects.order_by("pk").values_list(
        "reader", "kind", "post__title", "comment__author"
    )
    assert list(told) == [
        (ada.pk, "imported", "First", None),
        (bob.pk, "imported", None, bob.pk),
    ]
    assert not OutboxMessage.objects.exists()


# Comments


def test_comments_keep_their_parents_names_and_days(course, instructor, ada, bob):
    bring(
        course,
        instructor,
        item(
            comments=[
                comment(1, "First", name="Gil", at="2020-02-05 07:30:00"),
                comment(2, "Reply", name="Bob", account=2, parent=1, at="2020-02-06 00:00:00"),
                comment(3, "Back", name="", parent=2, at="2020-02-07 00:00:00"),
            ]
        ),
        file={"authors": THREE},
        author_0=key_of(course, ada),
        author_1=key_of(course, bob),
    )

    first, reply, back = Comment.objects.order_by("created_at")
    assert (first.author, first.guest_name, first.addressee) == (None, "Gil", ada)
    assert (reply.author, reply.guest_name, reply.parent) == (bob, "", first)
    assert (reply.addressee, back.parent, back.addressee) == (None, reply, bob)
    assert back.guest_name == "Anonymous guest"
    assert first.day == course.day_of(first.created_at)
    assert first.guest.is_imported
    assert (first.guest.ip, first.guest.email, first.guest.website) == (None, "", "")
    audiences = [one.audience for one in (first, reply, back)]
    everyone, readers = Comment.Audience.EVERYONE, Comment.Audience.READERS
    assert audiences == [everyone, readers, readers]


def test_comments_of_members_make_ties_as_if_they_had_been_written_here(
    course, instructor, ada, bob
):
    bring(
        course,
        instructor,
        item(comments=[comment(1, account=2), comment(2, name="Gil")]),
        file={"authors": THREE},
        author_0=key_of(course, ada),
        author_1=key_of(course, bob),
    )

    assert ties.check(course) == []
    assert [arc[:2] for arc in arcs(course)] == [(bob.pk, ada.pk)]


def test_comments_that_wait_are_for_the_team_under_a_guests_name(
    client, course, instructor, ada, bob
):
    bring(
        course,
        instructor,
        item(comments=[comment(1, "Buy", name="Bob Ray", account=2, approved="0")]),
        file={"authors": THREE},
        author_0=key_of(course, ada),
        author_1=key_of(course, bob),
    )

    [waiting] = Comment.objects.all()
    assert (waiting.state, waiting.author, waiting.guest_name) == ("waiting", None, "Bob Ray")
    assert not Comment.objects.visible_to(ada).open().exists()
    client.force_login(instructor)
    page = client.get(f"/c/{course.slug}/moderation/").text
    assert "Bob Ray" in page


def test_a_comment_on_a_private_post_is_as_private(course, instructor, ada, bob):
    bring(
        course,
        instructor,
        item(status="private", comments=[comment()]),
        author_0=key_of(course, ada),
    )

    assert Comment.objects.visible_to(ada).count() == 1
    assert not Comment.objects.visible_to(bob).exists()
    assert not Comment.objects.visible_to(instructor).exists()


# Who is who


def test_an_account_with_the_confirmed_email_of_a_member_is_suggested(course, instructor, ada):
    authors = (("a", "A", ada.email.upper()), ("e", "E", "nobody@x.example"))

    started = start(course, instructor, item(login="a"), item(2, login="e"), authors=authors)

    assert list(started.suggested.values()) == [course.memberships.get(user=ada).pk]


def test_a_commenter_is_never_suggested_by_email(course, instructor, ada):
    """Anybody can comment under any email."""
    talk = comment().replace("gil@secret.example", ada.email)

    started = start(course, instructor, item(comments=[talk]))

    assert started.suggested == {}
    assert ada.email.encode() not in started.data


def test_nothing_starts_before_it_is_said_who_wrote(course, instructor):
    started = start(course, instructor, item())

    with pytest.raises(Refused):
        import_wordpress_posts(started, by=instructor)

    assert not Post.objects.exists()
    assert WordPressImport.objects.get().started_at is None


@pytest.mark.parametrize("chosen", ["member-999999", "observer", "eve"])
def test_only_people_who_can_write_here_are_authors(course, instructor, eve, chosen):
    observer = factories.make_user("olga")
    membership = factories.add_member(course, observer, "observer")
    other = factories.make_course(instructor=eve).memberships.get(user=eve)
    answer = {"observer": f"member-{membership.pk}", "eve": f"member-{other.pk}"}.get(
        chosen, chosen
    )
    started = start(course, instructor, item())
    answer_wordpress_import(started, by=instructor, answers={"author-0": answer})

    with pytest.raises(Refused):
        import_wordpress_posts(started, by=instructor)

    assert not Post.objects.exists()


# Twice is once


def test_twice_is_once(course, instructor, ada):
    items = [item(1, comments=[comment(1)]), item(2)]
    bring(course, instructor, *items, author_0=key_of(course, ada))
    before = Post.objects.count(), Comment.objects.count(), Revision.objects.count()

    again = start(course, instructor, *items)

    with pytest.raises(Refused, match="Nothing would be imported"):
        do(again, instructor, author_0="guest")
    assert (Post.objects.count(), Comment.objects.count(), Revision.objects.count()) == before


def test_a_later_export_brings_what_is_new(course, instructor, ada):
    bring(course, instructor, item(1, comments=[comment(1, "Old")]), author_0=key_of(course, ada))

    done = bring(
        course,
        instructor,
        item(1, comments=[comment(1, "Old"), comment(2, "New", parent=1)]),
        item(2, title="Later"),
        author_0=key_of(course, ada),
    )

    old, new = Comment.objects.order_by("created_at", "pk")
    assert (Post.objects.count(), new.text, new.parent) == (2, "New", old)
    assert (done.changes["posts"], done.changes["comments"]) == (1, 1)


def test_a_post_that_its_author_deleted_does_not_come_back(course, instructor, ada):
    bring(course, instructor, item(), author_0=key_of(course, ada))
    Post.objects.update(deleted_at=timezone.now())

    with pytest.raises(Refused):
        bring(course, instructor, item(comments=[comment()]), author_0=key_of(course, ada))

    assert not Comment.objects.exists()


def test_the_same_blog_can_come_into_another_course(course, instructor):
    other = factories.make_course(instructor=instructor)
    bring(course, instructor, item())

    bring(other, instructor, item())

    assert sorted(Post.objects.values_list("course", flat=True)) == [course.pk, other.pk]


def test_a_second_click_starts_nothing_more(course, instructor):
    started = start(course, instructor, item())
    answer_wordpress_import(started, by=instructor, answers={"author-0": "guest"})

    first = import_wordpress_posts(started, by=instructor)
    second = import_wordpress_posts(started, by=instructor)

    assert first.started_at == second.started_at
    assert AuditEvent.objects.filter(action="wordpress_import_confirmed").count() == 1


def test_an_import_goes_on_where_it_stopped(course, instructor):
    started = start(course, instructor, item(1), item(2), item(3))
    answer_wordpress_import(started, by=instructor, answers={"author-0": "guest"})
    started = import_wordpress_posts(started, by=instructor)

    for done in (1, 2):
        started = go_on(started, instructor, seconds=0)
        assert (Post.objects.count(), started.done, started.finished_at) == (done, done, None)
        started = WordPressImport.objects.get()
    started = go_on(started, instructor, seconds=0)

    assert (Post.objects.count(), started.is_under_way) == (3, False)


def test_two_who_go_on_at_once_bring_a_post_once(course, instructor):
    started = start(course, instructor, item(1), item(2))
    answer_wordpress_import(started, by=instructor, answers={"author-0": "guest"})
    import_wordpress_posts(started, by=instructor)
    one, other = WordPressImport.objects.get(), WordPressImport.objects.get()

    assert one.claim()
    assert not other.claim()
    go_on(one, instructor, seconds=600)
    go_on(other, instructor, seconds=600)

    assert (Post.objects.count(), ImportedPost.objects.count()) == (2, 2)


# What is stored


def test_what_was_uploaded_is_forgotten_when_it_is_done(course, instructor):
    done = bring(course, instructor, item(comments=[comment()]), media=zip_of("a.png"))

    stored = WordPressImport.objects.get(pk=done.pk)
    assert (bytes(stored.data), stored.answers, stored.suggested) == (b"", {}, {})
    assert (stored.media.name, stored.media_paths) == ("", [])


def test_the_record_has_no_words_of_the_blog(course, instructor):
    bring(course, instructor, item(title="Secrettitle", comments=[comment(name="Secretname")]))

    events = AuditEvent.objects.filter(action__startswith="wordpress")
    assert sorted(event.action for event in events) == [
        "wordpress_import_answered",
        "wordpress_import_confirmed",
        "wordpress_import_started",
        "wordpress_imported",
    ]
    assert "Secret" not in json.dumps([event.data for event in events])
    assert {event.actor for event in events} == {instructor}


# Pictures


def test_pictures_come_from_the_zip_and_from_nowhere_else(course, instructor, ada):
    address = "https://blog.example/wp-content/uploads"
    html = f'<p><img src="{address}/a.png" alt="A map"> <img src="{address}/b.png"></p>'
    done = bring(
        course,
        instructor,
        item(1, html),
        attachment(2, f"{address}/a.png"),
        media=zip_of("uploads/a.png", "uploads/unused.png"),
        author_0=key_of(course, ada),
    )

    [picture] = Picture.objects.all()
    [post] = Post.objects.all()
    assert (picture.post, picture.uploader, picture.alternative) == (post, ada, "A map")
    assert f"![A map](picture:{picture.token})" in post.revision.text
    assert f"[b.png]({address}/b.png)" in post.revision.text
    assert picture.token in post.revision.html
    assert (done.changes["pictures"], done.changes["missing_pictures"]) == (1, 1)
    assert not post.revision.html.count('<img src="http')


def test_a_file_that_is_no_picture_is_told(course, instructor):
    html = '<p>Look: <img src="https://blog.example/broken.png" alt="A map"></p>'

    done = bring(course, instructor, item(1, html), media=zip_of("broken.png"))

    assert done.changes["problems"] == [["A post", "picture_refused"]]
    assert "Look: A map" in Post.objects.get().revision.text


def test_an_old_course_day_makes_no_tie_break(course, instructor, ada, bob):
    """A comment of long before the course is a tie that has faded, and nothing goes wrong."""
    course.starts_on = date.today() - timedelta(days=10)
    course.save()
    bring(
        course,
        instructor,
        item(at="1999-01-01 00:00:00", comments=[comment(account=2, at="1999-01-02 00:00:00")]),
        file={"authors": THREE},
        author_0=key_of(course, ada),
        author_1=key_of(course, bob),
    )

    assert ties.check(course) == []
