"""Guests on the public page of a post, and the page that says what became of their comments."""

import re
from datetime import timedelta
from time import time
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.actions.guest_moderation import publish_guest_comment, refuse_guest_comment
from blog.forms.comments.guest import MAX_SECONDS
from blog.models import Audience, Comment, GuestComment, GuestComments, Post
from blog.web.logs import HideTokens
from tests import factories
from tests.submitted import fields_of

State = Comment.State
EVERYONE = Comment.Audience.EVERYONE


@pytest.fixture
def post(ada, course):
    course.guest_comments = GuestComments.MODERATED
    course.save()
    return factories.make_post(ada, course, "Out there", audience=Audience.PUBLIC)


@pytest.fixture
def _slow_reader(monkeypatch):
    """Date forms ten seconds back: guests take their time."""
    monkeypatch.setattr("blog.forms.comments.guest.MIN_SECONDS", 0)


def address_of(post):
    return reverse("post_public", args=[post.pk, post.slug])


def filled_in(client, post, query="", **fields):
    """Return what a guest's browser sends from the page of a post."""
    page = client.get(address_of(post) + query)
    return fields_of(page, "subject") | {
        "text": "From outside.",
        "name": "Gil",
        "email": "gil@example.org",
        **fields,
    }


def send(client, post, sent=None, **headers):
    path = reverse("guest_comment_new", args=[post.pk, post.slug])
    return client.post(path, sent or filled_in(client, post), headers=headers)


def errors_of(response):
    return [error for errors in response.context["form"].errors.values() for error in errors]


@pytest.mark.usefixtures("_slow_reader")
def test_a_guest_sends_a_comment_and_follows_it(client, post):
    response = send(client, post)

    comment = Comment.objects.get()
    assert (response.status_code, response.url) == (302, comment.guest.status_path)
    page = client.get(response.url)
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert "Your comment is waiting" in page.content.decode()
    assert "gil@example.org" not in page.content.decode()
    assert "From outside." not in Client().get(address_of(post)).content.decode()


@pytest.mark.usefixtures("_slow_reader")
def test_a_form_without_a_token_of_ours_is_refused(post):
    strict = Client(enforce_csrf_checks=True)
    sent = filled_in(strict, post)

    assert send(strict, post, sent | {"csrfmiddlewaretoken": ""}).status_code == 403
    assert send(strict, post, sent).status_code == 302


@pytest.mark.usefixtures("_slow_reader")
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "This field is required."),
        ({"email": ""}, "This field is required."),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"website": "ftp://gil.example"}, "Enter a valid URL."),
        ({"text": " \n"}, "Write something first."),
        ({"subject": "x"}, "Leave this field empty. It is for programs."),
        (
            {"text": "http://a.example http://b.example http://c.example x@y.example"},
            "3 links",
        ),
    ],
    ids=str,
)
def test_a_refused_form_comes_back_with_all_that_was_typed(client, post, fields, message):
    sent = filled_in(client, post) | fields

    response = send(client, post, sent)

    assert response.status_code == 422
    assert message in "".join(errors_of(response))
    again = fields_of(response, "subject")
    assert {name: again[name].strip() for name in ("text", "name", "email", "website")} == {
        name: sent[name].strip() for name in ("text", "name", "email", "website")
    }
    assert not Comment.objects.exists()


def test_a_form_that_comes_too_fast_can_be_sent_again(client, post, monkeypatch):
    fast = send(client, post)
    again = fields_of(fast, "subject")
    monkeypatch.setattr("blog.forms.comments.guest.MIN_SECONDS", 0)

    accepted = send(client, post, again)

    assert (fast.status_code, again["text"].strip()) == (422, "From outside.")
    assert "Send it again" in errors_of(fast)[0]
    assert '<div class="alert alert-danger mb-3" role="alert">' in fast.content.decode()
    assert accepted.status_code == 302


@pytest.mark.usefixtures("_slow_reader")
@pytest.mark.parametrize("opened", ["", "1:2", "9:1700000000.forged"])
def test_a_form_without_its_time_gets_a_new_one(client, post, opened):
    refused = send(client, post, filled_in(client, post) | {"opened": opened})

    assert refused.status_code == 422
    assert send(client, post, fields_of(refused, "subject")).status_code == 302


@pytest.mark.usefixtures("_slow_reader")
def test_a_form_sent_twice_is_answered_alike_and_other_words_come_back(client, post):
    sent = filled_in(client, post)
    first = send(client, post, sent)

    second = send(client, post, sent)
    other = send(client, post, sent | {"text": "Other words."})
    accepted = send(client, post, fields_of(other, "subject"))

    assert (second.status_code, second.url) == (302, first.url)
    assert other.status_code == 422
    assert first.url in errors_of(other)[0]
    assert accepted.status_code == 302
    assert Comment.objects.count() == 2


@pytest.mark.usefixtures("_slow_reader")
def test_a_form_sent_again_and_again_leads_to_its_comment_and_uses_up_nothing(client, post):
    sent = filled_in(client, post)

    answers = {send(client, post, sent).url for _again in range(20)}

    assert answers == {GuestComment.objects.get().status_path}
    assert send(client, post, filled_in(client, post)).status_code == 302


@pytest.mark.usefixtures("_slow_reader")
def test_one_address_sends_ten_a_minute_and_keeps_the_text_of_the_next(client, post):
    for number in range(10):
        fields = {"email": f"gil{number}@example.org"}
        assert send(client, post, filled_in(client, post, **fields)).status_code == 302

    response = send(client, post, filled_in(client, post, email="gil@example.com"))

    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert fields_of(response, "subject")["text"].strip() == "From outside."
    assert Comment.objects.count() == 10


@pytest.mark.usefixtures("_slow_reader")
def test_one_email_sends_six_an_hour_from_wherever(client, post, settings):
    statuses = [
        client.post(
            reverse("guest_comment_new", args=[post.pk, post.slug]),
            filled_in(client, post, email="Gil@example.org" if number % 2 else "gil@example.org"),
            REMOTE_ADDR=f"198.51.100.{number}",
        ).status_code
        for number in range(7)
    ]

    assert statuses == [302] * 6 + [429]


@pytest.mark.usefixtures("_slow_reader")
def test_the_tags_of_one_mailbox_and_the_addresses_of_one_network_are_one(client, post):
    path = reverse("guest_comment_new", args=[post.pk, post.slug])

    def statuses(times, email, address):
        return [
            client.post(
                path,
                filled_in(client, post, email=email.format(number)),
                REMOTE_ADDR=address.format(number),
            ).status_code
            for number in range(times)
        ]

    assert statuses(7, "gil+{}@example.org", "198.51.100.{}") == [302] * 6 + [429]
    assert statuses(11, "gil{}@example.org", "2001:db8::{}") == [302] * 10 + [429]


@pytest.mark.usefixtures("_slow_reader")
def test_a_form_that_is_a_day_old_can_be_sent_again(client, post, monkeypatch):
    sent = filled_in(client, post)
    monkeypatch.setattr("blog.forms.comments.guest.time", lambda: time() + MAX_SECONDS + 1)

    refused = send(client, post, sent)
    accepted = send(client, post, fields_of(refused, "subject"))

    assert "open for more than a day" in errors_of(refused)[0]
    assert accepted.status_code == 302


@pytest.mark.usefixtures("_slow_reader")
def test_a_guest_replies_to_what_the_page_shows(client, post, bob):
    shown = factories.make_comment(bob, post, "For all.", audience=EVERYONE)
    sent = filled_in(client, post, f"?reply={shown.pk}")

    response = send(client, post, sent)

    assert response.status_code == 302
    assert Comment.objects.get(author=None).parent == shown


@pytest.mark.usefixtures("_slow_reader")
def test_a_reply_to_what_is_gone_comes_back_as_a_comment(client, post, bob):
    shown = factories.make_comment(bob, post, "For all.", audience=EVERYONE)
    sent = filled_in(client, post, f"?reply={shown.pk}")
    Comment.objects.filter(pk=shown.pk).update(state=State.HIDDEN)

    refused = send(client, post, sent)
    accepted = send(client, post, fields_of(refused, "subject"))

    assert (refused.status_code, accepted.status_code) == (422, 302)
    assert "is gone" in errors_of(refused)[0]
    assert Comment.objects.get(author=None).parent is None


@pytest.mark.parametrize("audience", [EVERYONE, Comment.Audience.READERS])
def test_only_what_the_page_shows_has_a_form_to_reply(client, post, bob, audience):
    comment = factories.make_comment(bob, post, "For all?", audience=audience)

    page = client.get(f"{address_of(post)}?reply={comment.pk}").content.decode()

    assert ('name="parent"' in page) == (audience == EVERYONE)


@pytest.mark.usefixtures("_slow_reader")
def test_a_course_that_takes_guests_no_more_gives_the_text_back(client, post, course):
    sent = filled_in(client, post)
    course.guest_comments = GuestComments.OFF
    course.save()

    response = send(client, post, sent)

    assert response.status_code == 422
    assert fields_of(response, "subject")["text"].strip() == "From outside."
    assert "subject" not in client.get(address_of(post)).content.decode()


@pytest.mark.usefixtures("_slow_reader")
def test_a_post_that_is_public_no_more_says_no_more_than_one_that_never_was(client, post):
    sent = filled_in(client, post)
    Post.objects.filter(pk=post.pk).update(audience=Audience.COURSE)

    hidden = send(client, post, sent, Sec_Fetch_Site="same-origin")
    missing = client.post(reverse("guest_comment_new", args=[9999, "x"]), sent)

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert "From outside." in hidden.content.decode()


def test_members_comment_in_the_course(client, post, bob, eve):
    client.force_login(bob)
    member = client.get(address_of(post)).content.decode()
    client.force_login(eve)
    outsider = client.get(address_of(post)).content.decode()

    assert ("subject" in member, f'href="{post.get_absolute_url()}#say"' in member) == (
        False,
        True,
    )
    assert "subject" in outsider


@pytest.mark.usefixtures("_slow_reader")
def test_the_browser_remembers_who_wants_it(client, post):
    send(client, post, filled_in(client, post, remember="on", website="gil.example"))
    remembered = fields_of(client.get(address_of(post)), "subject")
    send(client, post, {k: v for k, v in filled_in(client, post).items() if k != "remember"})
    forgotten = fields_of(client.get(address_of(post)), "subject")

    assert [remembered[name] for name in ("name", "email", "website", "remember")] == [
        "Gil",
        "gil@example.org",
        "https://gil.example",
        "on",
    ]
    assert (forgotten["name"], forgotten["email"], "remember" in forgotten) == ("", "", False)


def test_a_forged_cookie_is_no_memory(client, post):
    client.cookies["guest"] = '{"name": "x"}:forged'

    assert fields_of(client.get(address_of(post)), "subject")["name"] == ""


@pytest.mark.usefixtures("_slow_reader")
@pytest.mark.parametrize(("key", "ip"), [("", None), ("key", "127.0.0.1")])
def test_the_origin_is_stored_only_for_a_spam_filter(client, post, settings, key, ip):
    settings.AKISMET_KEY = key

    send(client, post, User_Agent="Firefox")

    guest = GuestComment.objects.get()
    assert (guest.ip, guest.user_agent) == (ip, "Firefox" if ip else "")


@pytest.mark.parametrize(("has_filter", "said"), [(False, False), (True, True)])
def test_the_form_says_who_gets_what(client, post, settings, has_filter, said):
    settings.AKISMET_KEY = "key" if has_filter else ""

    page = client.get(address_of(post)).content.decode()

    assert ("Akismet" in page) == said
    assert f'href="{reverse("visibility")}#guests"' in page


def test_a_published_comment_shows_its_name_website_and_no_email(client, post):
    factories.make_guest_comment(post, state=State.OPEN, website="https://gil.example/")

    page = client.get(address_of(post)).content.decode()

    [link] = re.findall(r'<a class="name [^>]*>Gil Guest</a>', page)
    assert 'href="https://gil.example/"' in link
    assert 'rel="nofollow ugc noopener"' in link
    assert "gil@example.org" not in page


def test_what_a_guest_typed_is_words_and_no_markup(client, post, instructor):
    website = "https://gil.example/?a='\"><blink>"
    factories.make_guest_comment(post, state=State.OPEN, name="<blink>Gil", website=website)
    factories.make_guest_comment(post, name="<blink>Gil", website=website)
    client.force_login(instructor)

    pages = [
        client.get(address).content.decode()
        for address in (address_of(post), reverse("moderation", args=["networks"]))
    ]

    assert ["&lt;blink&gt;Gil" in page for page in pages] == [True, True]
    assert ["<blink>" in page for page in pages] == [False, False]


def test_nobody_sees_the_email(client, post, instructor, ada):
    factories.make_guest_comment(post)

    for reader in (instructor, ada):
        client.force_login(reader)
        for address in (post.get_absolute_url(), reverse("moderation", args=["networks"])):
            assert "gil@example.org" not in client.get(address).content.decode()


def status_words(client, comment):
    page = client.get(comment.guest.status_path).content.decode()
    return re.search(r"<h1>\s*(.*?)\s*</h1>", page)[1], page


def test_the_status_page_says_what_happened(client, post, instructor):
    comment = factories.make_guest_comment(post)
    waiting, _page = status_words(client, comment)
    publish_guest_comment(comment, by=instructor)
    published, page = status_words(client, comment)
    refuse_guest_comment(comment, by=instructor, reason="Names a person.")
    refused, why = status_words(client, comment)

    assert (waiting, published, refused) == (
        "Your comment is waiting",
        "Your comment is published",
        "Your comment is not published",
    )
    assert f"{address_of(post)}#c{comment.pk}" in page
    assert "Names a person." in why
    assert instructor.display_name not in why


@pytest.mark.parametrize(
    "change",
    [{"audience": Audience.COURSE}, {"hidden_at": timezone.now()}],
    ids=["of the course", "hidden"],
)
def test_a_status_page_names_no_post_that_is_public_no_more(client, post, change):
    comment = factories.make_guest_comment(post, state=State.OPEN)
    Post.objects.filter(pk=post.pk).update(title="Its new title", **change)

    _words, page = status_words(client, comment)

    assert "Its new title" not in page


def test_a_status_page_takes_its_own_token_only(client, post):
    comment, other = (factories.make_guest_comment(post) for _two in range(2))
    path, token = comment.guest.status_path, comment.guest.token

    statuses = {
        "forged": client.get(path.replace(token, f"{comment.pk}.forged")).status_code,
        "without": client.get(path.replace(token, str(comment.pk))).status_code,
        "of another": client.get(
            path.replace(token, f"{other.pk}.{token.split('.')[1]}")
        ).status_code,
    }
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(days=91))

    assert set(statuses.values()) == {404}
    assert client.get(path).status_code == 404


def test_a_guest_withdraws_and_restores(client, post):
    comment = factories.make_guest_comment(post, state=State.OPEN)
    args = [post.pk, post.slug, comment.guest.token]

    client.post(reverse("guest_comment_withdraw", args=args))
    withdrawn = status_words(client, comment)[0]
    gone = "A guest's thought." not in Client().get(address_of(post)).content.decode()
    client.post(reverse("guest_comment_restore", args=args))

    assert (withdrawn, gone) == ("Your comment is withdrawn", True)
    assert status_words(client, comment)[0] == "Your comment is published"


def test_a_guest_objects_once(client, post):
    comment = factories.make_guest_comment(post, state=State.HIDDEN, decided_at=timezone.now())
    path = reverse("guest_comment_object", args=[post.pk, post.slug, comment.guest.token])

    empty = client.post(path, {"objection": " "})
    sent = client.post(path, {"objection": "It is about doors."})
    again = client.post(path, {"objection": "Again."})

    assert (empty.status_code, sent.status_code, again.status_code) == (422, 302, 422)
    assert GuestComment.objects.get().objection == "It is about doors."
    _words, page = status_words(client, comment)
    assert "It is about doors." in page
    assert 'name="objection"' not in page


def test_logs_hold_no_token(post, caplog):
    comment = factories.make_guest_comment(post)
    path = comment.guest.status_path.replace(comment.guest.token, "17.secret-signature")

    caplog.handler.addFilter(HideTokens())
    Client().get(path)

    assert urlsplit(path).path not in caplog.text
    assert "secret-signature" not in caplog.text


def test_the_page_costs_the_same_at_one_and_three_guests(client, django_assert_num_queries, post):
    factories.make_guest_comment(post, state=State.OPEN)

    with django_assert_num_queries(2):
        client.get(address_of(post))
    for _more in range(2):
        factories.make_guest_comment(post, state=State.OPEN)
    with django_assert_num_queries(2):
        client.get(address_of(post))
