"""Comments through their pages: every action is a plain form first."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.comments import add_comment
from blog.models import Audience, Comment, Post
from tests import factories
from tests.submitted import fields_of

TEAM, READERS, EVERYONE = Comment.Audience.values


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


@pytest.fixture
def comment(bob, post):
    return add_comment(post, by=bob, text="A thought.")


def new_address(post):
    return reverse("comment_new", args=[post.course.slug, post.slug])


def address(name, comment):
    return reverse(name, args=[comment.post.course.slug, comment.pk])


def said(text="I see.", **fields):
    return {"text": text, "audience": READERS, "key": str(uuid.uuid4())} | fields


# Four questions

PAGES = ["comment_page", "comment_reply", "comment_edit", "comment_delete", "comment_addressee"]
POSTS = ["comment_restore"]


@pytest.mark.parametrize("name", PAGES + POSTS)
def test_comments_ask_strangers_to_log_in(client, comment, name):
    url = address(name, comment)

    response = client.post(url) if name in POSTS else client.get(url)

    assert response.url == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("name", PAGES + POSTS)
def test_comments_do_not_exist_for_outsiders(client, comment, eve, name):
    client.force_login(eve)
    url = address(name, comment)

    assert (client.post(url) if name in POSTS else client.get(url)).status_code == 404


def test_a_new_comment_asks_the_same_questions(client, post, eve, observer):
    assert client.post(new_address(post), said()).status_code == 403
    client.force_login(eve)
    assert client.post(new_address(post), said()).status_code == 404
    client.force_login(observer)
    assert client.post(new_address(post), said()).status_code == 403
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("comment_page", "ada bob observer instructor assistant"),
        ("comment_reply", "ada bob instructor assistant"),
        ("comment_edit", "bob"),
        ("comment_delete", "bob"),
        ("comment_addressee", "bob instructor"),
        ("comment_restore", "bob"),
    ],
)
def test_members_do_what_their_part_allows(request, client, comment, name, allowed):
    url = address(name, comment)
    may = []

    for who in ("ada", "bob", "observer", "instructor", "assistant"):
        client.force_login(request.getfixturevalue(who))
        response = client.post(url) if name in POSTS else client.get(url)
        if response.status_code != 403:
            assert response.status_code in (200, 302)
            may.append(who)

    assert " ".join(may) == allowed


@pytest.mark.parametrize("name", POSTS)
def test_a_look_changes_nothing(client, bob, comment, name):
    client.force_login(bob)

    assert client.get(address(name, comment)).status_code == 405


# comment_new


def test_comment_new_leads_those_who_come_by_a_link_to_the_form(client, bob, post):
    client.force_login(bob)

    assert client.get(new_address(post)).url == f"{post.get_absolute_url()}#say"


def test_comment_new_is_open_and_leads_there(client, bob, post):
    client.force_login(bob)

    response = client.post(new_address(post), said("I *see*."))

    comment = Comment.objects.get()
    assert (comment.author, comment.post, comment.html) == (
        bob,
        post,
        '<p dir="auto">I <em>see</em>.</p>',
    )
    assert response.url == f"{post.get_absolute_url()}#c{comment.pk}"


def test_comment_new_sent_twice_is_stored_once(client, bob, post):
    client.force_login(bob)
    form = said()

    first, second = client.post(new_address(post), form), client.post(new_address(post), form)

    assert Comment.objects.count() == 1
    assert first.url == second.url


def test_comment_new_replies_to_a_comment(client, ada, post, comment):
    client.force_login(ada)

    client.post(new_address(post), said(parent=comment.pk))

    answer = Comment.objects.get(author=ada)
    assert (answer.parent, answer.addressee) == (comment, comment.author)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write something first"),
        ("   \n", "Write something first"),
        ("*&#8203;*", "Your comment is empty"),
        ("word " * 2_001, "at most 10000 characters"),
        ("> " * 4_000 + "deep", "</strong>"),
    ],
    ids=["empty", "blank", "invisible", "long", "deep"],
)
def test_comment_new_refuses_in_place_and_keeps_the_words(client, bob, post, text, words):
    client.force_login(bob)
    form = said(text)

    response = client.post(new_address(post), form)

    html = response.content.decode()
    assert response.status_code == 422
    assert response.templates[0].name == "blog/posts/post_page.html"
    assert words in html
    assert response.context["form"]["text"].value() == text
    assert form["key"] in html
    assert re.search(r"<textarea[^>]* autofocus", html)
    assert not Comment.objects.exists()


def test_comment_new_refused_once_is_accepted_when_corrected(client, bob, post):
    client.force_login(bob)
    form = said("*&#8203;*")
    client.post(new_address(post), form)

    response = client.post(new_address(post), form | {"text": "Better."})

    assert response.status_code == 302
    assert Comment.objects.get().text == "Better."


def test_comment_new_keeps_the_words_when_the_course_has_ended(client, bob, post, course):
    course.ends_on = course.today() - timedelta(days=1)
    course.save()
    client.force_login(bob)

    response = client.post(new_address(post), said("My long thought."))

    assert response.status_code == 422
    assert b"The course has ended" in response.content
    assert b"My long thought." in response.content


def test_a_refused_reply_stays_a_reply(client, ada, post, comment):
    client.force_login(ada)

    response = client.post(new_address(post), said("", parent=comment.pk))

    assert response.status_code == 422
    assert response.templates[0].name == "blog/comments/comment_form.html"
    assert f'<input type="hidden" name="parent" value="{comment.pk}">' in response.content.decode()


@pytest.mark.parametrize(
    "fields", [{"state": Comment.State.HIDDEN}, {"deleted_at": timezone.now()}]
)
def test_a_reply_to_a_comment_that_went_comes_back_as_a_comment(
    client, observer, course, post, comment, fields
):
    cara = factories.make_user("Cara Student")
    factories.add_member(course, cara)
    Comment.objects.filter(pk=comment.pk).update(**fields)
    client.force_login(cara)
    form = said("But why?", parent=comment.pk)

    response = client.post(new_address(post), form)

    html = response.content.decode()
    assert response.status_code == 422
    assert "The comment you are replying to is gone." in html
    assert "But why?" in html
    assert 'name="parent"' not in html
    assert not Comment.objects.filter(author=cara).exists()


@pytest.mark.parametrize("parent", ["0", "-1", "x", "9" * 30, "1e3"])
def test_a_parent_that_is_no_comment_is_refused(client, bob, post, parent):
    client.force_login(bob)

    assert client.post(new_address(post), said(parent=parent)).status_code == 422
    assert not Comment.objects.exists()


def test_the_widest_audience_is_offered_where_the_post_is_wide(client, bob, post):
    client.force_login(bob)

    offered = []
    for audience in (Audience.COURSE, Audience.SIGNED_IN):
        Post.objects.filter(pk=post.pk).update(audience=audience)
        html = client.get(post.get_absolute_url()).content.decode()
        offered.append([int(value) for value in re.findall(r'<option value="(\d+)"', html)])

    assert offered == [[TEAM, READERS], [TEAM, READERS, EVERYONE]]
    assert f'<option value="{READERS}" selected>' in html


# comment_page, comment_reply


def test_a_permalink_leads_to_the_place(client, ada, comment):
    client.force_login(ada)

    url = client.get(address("comment_page", comment)).url

    assert url == f"{comment.post.get_absolute_url()}#c{comment.pk}"


def test_the_reply_page_shows_the_parent(client, ada, comment):
    client.force_login(ada)

    html = client.get(address("comment_reply", comment)).content.decode()

    assert re.search(r"<h1>\s*Reply to Bob Student\s*</h1>", html)
    assert "A thought.</p>" in html
    assert f'action="{new_address(comment.post)}"' in html
    assert f'name="parent" value="{comment.pk}"' in html


def test_a_reply_to_a_private_comment_says_who_will_see_it(client, ada, bob, comment):
    Comment.objects.filter(pk=comment.pk).update(audience=TEAM)
    client.force_login(ada)

    form = client.get(address("comment_reply", comment)).context["form"]

    assert [str(label) for _value, label in form.fields["audience"].choices] == [
        "the person you reply to, the post’s author and the teaching team"
    ]


def test_a_deleted_comment_takes_no_reply(client, ada, comment):
    Comment.objects.filter(pk=comment.pk).update(deleted_at=timezone.now())
    client.force_login(ada)

    assert client.get(address("comment_reply", comment)).status_code == 302


# comment_edit


def test_comment_edit_changes_words_and_readers(client, bob, comment):
    client.force_login(bob)

    page = client.get(address("comment_edit", comment))
    form = fields_of(page, "text") | {"text": "Better.", "audience": TEAM}
    response = client.post(address("comment_edit", comment), form)

    comment.refresh_from_db()
    assert page.context["form"]["text"].value() == "A thought."
    assert response.url == comment.get_absolute_url()
    assert (comment.text, comment.audience) == ("Better.", TEAM)


def test_comment_edit_refuses_in_place(client, ada, bob, comment):
    factories.make_comment(ada, comment.post, parent=comment)
    client.force_login(bob)

    form = fields_of(client.get(address("comment_edit", comment)), "text")
    response = client.post(
        address("comment_edit", comment), form | {"text": "Psst.", "audience": TEAM}
    )

    assert response.status_code == 422
    assert b"cannot limit it" in response.content
    assert b"Psst." in response.content


def test_comment_edit_says_what_its_key_does_and_what_readers_are_told(client, bob, comment):
    client.force_login(bob)

    html = " ".join(client.get(address("comment_edit", comment)).content.decode().split())

    assert "<kbd>Enter</kbd> saves." in html
    assert "<kbd>Enter</kbd> sends." not in html
    assert "later than 5 minutes after you sent it, or after a reply, readers see that" in html


# comment_delete, comment_restore


def test_comment_delete_asks_first(client, bob, comment):
    client.force_login(bob)

    assert client.get(address("comment_delete", comment)).status_code == 200
    comment.refresh_from_db()
    assert not comment.is_deleted


GONE = {"deleted_at": timezone.now()}
HIDDEN = {"state": Comment.State.HIDDEN}
PRIVATE = {"audience": Comment.Audience.TEAM}


@pytest.mark.parametrize(
    ("below", "stays"),
    [
        ([], False),
        ([{}], True),
        ([GONE], False),
        ([GONE, {}], True),
        ([{}, GONE], True),
        ([GONE, GONE, {}], True),
        ([GONE, GONE], False),
        ([PRIVATE], False),
        ([HIDDEN], False),
        ([HIDDEN, {}], False),  # to a comment that the writer cannot see, so on its own
        ([GONE, PRIVATE], False),
    ],
)
def test_comment_delete_says_that_replies_stay_as_far_as_its_writer_sees_them(
    client, ada, bob, comment, below, stays
):
    parent = comment
    for fields in below:
        parent = factories.make_comment(ada, comment.post, parent=parent, tied=False, **fields)
    client.force_login(bob)

    html = client.get(address("comment_delete", comment)).content.decode()

    assert ("Replies stay. Your comment is replaced by" in html) == stays
    assert "You can undo this." in html


def test_comment_delete_offers_its_undo_in_place(client, bob, comment):
    client.force_login(bob)

    response = client.post(address("comment_delete", comment))

    comment.refresh_from_db()
    assert comment.is_deleted
    assert response.url == f"{comment.post.get_absolute_url()}?undo={comment.pk}#c{comment.pk}"
    html = client.get(response.url).content.decode()
    assert re.search(rf'id="c{comment.pk}"\s+tabindex="-1"', html)
    assert f'action="{address("comment_restore", comment)}"' in html
    later = client.get(comment.post.get_absolute_url()).content.decode()
    assert f'id="c{comment.pk}"' not in later


def test_nobody_else_is_shown_what_was_deleted(client, ada, comment):
    Comment.objects.filter(pk=comment.pk).update(deleted_at=timezone.now())
    client.force_login(ada)

    html = client.get(f"{comment.post.get_absolute_url()}?undo={comment.pk}").content.decode()

    assert f'id="c{comment.pk}"' not in html


def test_a_tombstone_keeps_the_thread_but_no_words(client, ada, bob, post, comment):
    factories.make_comment(ada, post, "Thank you.", parent=comment)
    Comment.objects.filter(pk=comment.pk).update(deleted_at=timezone.now())
    client.force_login(ada)

    html = client.get(post.get_absolute_url()).content.decode()

    assert "Comment deleted by its author." in html
    assert "A thought." not in html
    assert "Thank you." in html


def test_comment_restore_brings_it_back(client, bob, comment):
    client.force_login(bob)
    client.post(address("comment_delete", comment))

    response = client.post(address("comment_restore", comment))

    comment.refresh_from_db()
    assert not comment.is_deleted
    assert response.url == comment.get_absolute_url()


# comment_addressee


def test_comment_addressee_moves_it(client, ada, bob, instructor, comment):
    factories.make_comment(instructor, comment.post)
    client.force_login(bob)
    url = address("comment_addressee", comment)

    page = client.get(url)
    response = client.post(url, {"addressee": instructor.pk})

    comment.refresh_from_db()
    assert list(page.context["form"].fields["addressee"].queryset) == [ada, instructor]
    undo = f"{comment.post.get_absolute_url()}?for={comment.pk}&was={ada.pk}#c{comment.pk}"
    assert response.url == undo
    assert comment.addressee == instructor
    html = client.get(comment.post.get_absolute_url()).content.decode()
    assert "<span>to Ines Instructor</span>" in html


def test_comment_addressee_refuses_a_bystander(client, bob, assistant, comment):
    client.force_login(bob)

    response = client.post(address("comment_addressee", comment), {"addressee": assistant.pk})

    comment.refresh_from_db()
    assert response.status_code == 422
    assert comment.addressee == comment.post.author


def test_comment_addressee_with_nobody_to_choose(client, ada, post):
    alone = factories.make_comment(ada, post)
    client.force_login(ada)

    html = client.get(address("comment_addressee", alone)).content.decode()

    assert "There is nobody else in this conversation to choose." in html


def test_comment_addressee_with_one_person_is_no_choice(client, bob, comment):
    client.force_login(bob)

    html = client.get(address("comment_addressee", comment)).content.decode()

    assert "There is nobody else in this conversation to choose." in html
    assert 'type="radio"' not in html
