"""A session that ends while somebody writes costs a sign-in and not a word."""

import uuid
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from blog.models import Comment
from blog.web.resubmission import submitted_form
from tests import factories

OURS = {"sec-fetch-site": "same-origin"}
# As a browser sends it: line ends are CRLF, and a first empty line is a line.
TEXT = "\r\nFirst line\r\n\r\n  second & \"third\" 'line' <b>\r\n</textarea><script>run()</script>"


class Forms(HTMLParser):
    """Read a page's forms and boxes as a browser does, entities, first line ends and all."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.boxes, self.tags, self.open_box = {}, [], [], False
        self.feed(page.replace("\r\n", "\n"))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append(tag)
        if tag == "form":
            self.action = attrs["action"]
            self.forms[self.action] = []
        elif tag == "input" and attrs.get("type") == "hidden":
            value = attrs.get("value", "").replace("\n", "\r\n")
            self.forms[self.action].append((attrs["name"], value))
        elif tag == "textarea":
            self.boxes.append("")
            self.open_box = True

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.open_box = False

    def handle_data(self, data):
        if self.open_box:
            self.boxes[-1] += data.removeprefix("\n") if not self.boxes[-1] else data


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course)


@pytest.fixture
def address(post):
    return reverse("comment_new", args=[post.course.slug, post.slug])


@pytest.fixture
def tab(bob):
    """Return Bob's browser: it minds tokens, and says where a form was sent from."""
    client = Client(enforce_csrf_checks=True, headers=OURS)
    sign_in(client)
    return client


def sign_in(client):
    token = str(client.get("/accounts/login/").context["csrf_token"])
    client.post(
        "/accounts/login/",
        {
            "login": "bob@example.edu",
            "password": factories.PASSWORD,
            "csrfmiddlewaretoken": token,
        },
    )
    assert "_auth_user_id" in client.session


def written(client, **fields):
    """Fill in the form of a comment on a page that this browser has open."""
    token = str(client.get("/").context["csrf_token"])
    return {
        "text": TEXT,
        "audience": "30",
        "key": str(uuid.uuid4()),
        "csrfmiddlewaretoken": token,
        **fields,
    }


def without_token(fields):
    return [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]


def test_words_survive_a_session_that_ended(tab, post, address):
    sent = written(tab)
    Session.objects.all().delete()

    refused = tab.post(
        address, sent, headers={"referer": f"http://testserver{post.get_absolute_url()}"}
    )
    assert refused.status_code == 403
    assert refused.templates[0].name == "403_signed_out.html"
    assert not Comment.objects.exists()
    page = Forms(refused.content.decode())
    kept = page.forms[address]
    assert without_token(kept) == without_token(sent.items())
    assert (
        f'/accounts/login/?next={quote(post.get_absolute_url(), safe="")}"'
        in refused.content.decode()
    )

    sign_in(tab)  # in another tab: the page's token is old now
    old = tab.post(address, dict(kept))
    assert old.status_code == 403
    assert old.templates[0].name == "403_csrf.html"
    assert "Send it again as Bob Student" in old.content.decode()
    kept = Forms(old.content.decode()).forms[address]
    assert without_token(kept) == without_token(sent.items())

    answer = tab.post(address, dict(kept))
    assert answer.status_code == 302
    assert Comment.objects.get().text.splitlines() == TEXT.splitlines()


def test_words_are_shown_for_copying_and_run_nothing(tab, address):
    sent = written(tab)
    Session.objects.all().delete()

    page = tab.post(address, sent).content.decode()

    shown = Forms(page)
    assert shown.boxes == [TEXT.replace("\r\n", "\n")]
    assert "run()" not in page.replace("&lt;script&gt;run()&lt;/script&gt;", "")
    plain = Forms(tab.post(address, sent | {"text": "Words"}).content.decode())
    assert shown.tags.count("script") == plain.tags.count("script") > 0


def test_passwords_are_never_repeated_and_never_sent_again(tab):
    token = str(tab.get("/").context["csrf_token"])
    Session.objects.all().delete()

    answer = tab.post(
        "/accounts/password/change/",
        {
            "oldpassword": "correct horse battery",
            "password1": "five quiet herons wade",
            "note": "see you later",
            "csrfmiddlewaretoken": token,
        },
    )

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "correct horse" not in page
    assert "quiet herons" not in page
    assert "we never store passwords here" in page
    assert "/accounts/password/change/" not in Forms(page).forms


def test_what_a_form_notes_for_itself_is_sent_again_and_not_shown(rf):
    noted = [
        ("seen", "title=7dc08f8cfb26&about=82442aa1a010&term=9e906781f47b"),
        ("work-seen", "title=7dc08f8cfb26&authors=82442aa1a010&issued=9e906781f47b"),
        ("records", '[{"title": "A net"}]'),
        ("version", "12 0f8fad5b-d9cb-469f-a165-70867728950e"),
    ]

    submitted = submitted_form(rf.post("/", dict(noted) | {"about": "I teach networks."}))

    assert submitted.texts == ("I teach networks.",)
    assert submitted.fields == (*noted, ("about", "I teach networks."))


def test_same_field_twice_stays_twice(rf):
    typed = submitted_form(
        rf.post("/", {"works": ["3", "5"], "text": "日本語の文章です", "version": "2"})
    )

    assert typed.fields == (
        ("works", "3"),
        ("works", "5"),
        ("text", "日本語の文章です"),
        ("version", "2"),
    )
    assert typed.texts == ("日本語の文章です",)
    assert typed.is_whole


def test_button_without_words_leads_to_sign_in_and_back_to_its_page(client, course, db):
    leave = f"/c/{course.slug}/comments/1/restore/"

    from_page = client.post(
        leave, headers={"referer": "http://testserver/c/networks/posts/?page=2"}
    )
    from_nowhere = client.post(leave)
    from_elsewhere = client.post(leave, headers={"referer": "https://evil.example/x"})

    assert from_page.url == "/accounts/login/?next=/c/networks/posts/%3Fpage%3D2"
    assert from_nowhere.url == from_elsewhere.url == f"/accounts/login/?next={leave}"


def test_form_from_another_site_is_neither_shown_nor_offered(bob, address):
    client = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site"})
    client.force_login(bob)

    answer = client.post(address, {"text": "Please call this number", "key": str(uuid.uuid4())})

    assert answer.status_code == 403
    assert "call this number" not in answer.content.decode()
    assert address not in Forms(answer.content.decode()).forms


def test_signed_out_page_tells_nothing_of_what_is_there(client, address, course):
    """A visitor may not learn from it whether a post exists."""
    missing = reverse("comment_new", args=[course.slug, "no-such-post"])
    sent = {"text": "Hello there"}

    pages = [client.post(url, sent).content.decode() for url in (address, missing)]

    assert Forms(pages[0]).tags == Forms(pages[1]).tags
    assert "A post" not in pages[0]


MEANINGS = '{"criterion-1": {"3": "Uses evidence: Well"}, "criterion-2": {"1": "Voice: Not yet"}}'


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (MEANINGS, ("Uses evidence: Well",)),
        ("", ()),
        ("nonsense and more", ()),
        ("[1]", ()),
        ('{"criterion-1": "Well"}', ()),
        ('{"criterion-1": {"3": ["Well"]}}', ()),
        ("[" * 100_000, ()),
        ('{"criterion-1":' * 100_000, ()),
        ("9" * 100_000, ()),
        (f"{MEANINGS[:-1]}, {'[' * 900}{']' * 900}", ()),
    ],
    ids=["meanings", "none", "words", "list", "word", "words", "deep", "deeper", "long", "broken"],
)
def test_choices_are_said_in_the_words_that_the_form_had_for_them(rf, choices, said):
    submitted = submitted_form(
        rf.post("/", {"criterion-1": "3", "criterion-2": "9", "choices": choices})
    )

    assert (submitted.choices, submitted.texts) == (said, ())
    assert submitted.is_whole
