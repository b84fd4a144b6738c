"""The language of a page: the person's, else the course's, else what the browser asks for."""

import re
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from blog.models import (
    Audience,
    Course,
    FeedAddress,
    GuestComments,
    MailKind,
    User,
    unsubscribe_address,
)
from blog.views.gradebook import exports
from blog.web import errors
from tests import factories
from tests.blog.web.test_errors import urlpatterns  # noqa: F401 - with views that fail
from tests.made_languages import ARABIC, FRENCH, said
from tests.submitted import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("languages")]
HTML = re.compile(r'<html lang="([^"]*)"(?: dir="(\w+)")?')


def language_of(response) -> tuple[str, str | None]:
    """Return what a page says of its language and its direction."""
    return HTML.search(response.content.decode()).groups()


def speak(language, *rows):
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(language=language)


def home_of(course):
    return reverse("course_home", args=[course.slug])


@pytest.mark.parametrize(
    ("person", "cookie", "course_s", "browser", "expected"),
    [
        ("ar", "fr-ca", "en", "fr", "ar"),
        ("", "ar", "fr-ca", "en", "ar"),
        ("", "", "fr-ca", "ar", "fr-ca"),
        ("", "", "", "ar,en;q=0.5", "ar"),
        ("", "", "", "fr-FR,fr;q=0.9", "fr-ca"),
        ("", "", "", "ja", "en"),
        ("", "", "", "", "en"),
        ("en", "ar", "ar", "ar", "en"),
        ("tlh", "tlh", "tlh", "ar", "ar"),  # no language that the site has
    ],
)
def test_a_page_of_a_course_speaks(
    client, ada, course, person, cookie, course_s, browser, expected
):
    speak(person, ada)
    speak(course_s, course)
    client.force_login(ada)
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie

    response = client.get(home_of(course), headers={"Accept-Language": browser})

    assert language_of(response) == (expected, "rtl" if expected == "ar" else None)
    assert response["Content-Language"] == expected
    assert said(expected, "Skip to content") in response.content.decode()
    assert translation.get_language() == "en"  # of this thread, as before


@pytest.mark.parametrize("language", [FRENCH, ARABIC])
@pytest.mark.parametrize(
    ("address", "status"), [("/nothing/here/", 404), ("forbidden", 403), ("missing", 404)]
)
def test_error_pages_speak_to_their_reader(client, ada, course, language, address, status):
    speak(language, ada)
    client.force_login(ada)
    address = {
        "forbidden": reverse("course_edit", args=[course.slug]),
        "missing": reverse("post_page", args=[course.slug, "nothing"]),
    }.get(address, address)

    response = client.get(address)

    assert (response.status_code, language_of(response)[0]) == (status, language)


@pytest.mark.parametrize("name", ["course_edit", "post_page"])
def test_error_pages_of_a_course_speak_its_language(client, ada, course, name):
    speak(ARABIC, course)
    client.force_login(ada)
    more = ["nothing"] if name == "post_page" else []

    response = client.get(reverse(name, args=[course.slug, *more]))

    assert language_of(response) == ("ar", "rtl")


@pytest.mark.urls("tests.blog.web.test_errors")
@pytest.mark.parametrize("place", ["broken", "too-large", "unreadable", "too-often", "button"])
def test_pages_without_a_store_speak_as_the_browser_asks(place):
    client = Client(raise_request_exception=False)

    response = client.get(f"/{place}/", headers={"Accept-Language": "ar", "Accept": "text/html"})

    assert language_of(response) == ("ar", "rtl")


def test_the_barest_page_says_its_language(rf, monkeypatch):
    monkeypatch.setattr(errors, "get_template", lambda name: 1 / 0)

    with translation.override(ARABIC):
        response = errors.server_error(rf.get("/"))

    assert language_of(response)[0] == "ar"


def test_a_visitor_chooses_a_language(client):
    page = reverse("about")

    first = client.get(page)
    chosen = client.post(
        reverse("language_choose"),
        {"language": FRENCH},
        headers={"Referer": f"http://testserver{page}"},
    )
    then = client.get(page)

    assert language_of(first)[0] == "en"
    assert (chosen.status_code, chosen.url) == (302, page)
    assert language_of(then)[0] == FRENCH
    cookie = chosen.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_each_language_has_its_own_name_on_all_pages(client):
    page = client.get(reverse("about"), headers={"Accept-Language": ARABIC}).content.decode()

    buttons = re.findall(r"<button[^>]*name=\"language\"[^>]*>([^<]*)<", page)
    assert buttons == ["English", "Français", "العربية", "[Ļøñĝéŕ]"]


@pytest.mark.parametrize("language", ["", "tlh", "../en", "en\0", "x" * 900])
def test_a_language_that_there_is_not_is_not_kept(client, language):
    response = client.post(reverse("language_choose"), {"language": language})

    assert (response.status_code, response.url) == (302, reverse("home"))
    assert response.cookies == SimpleCookie()


def test_a_choice_leads_to_no_other_site(client):
    headers = {"Referer": "https://elsewhere.example/phish/"}

    response = client.post(reverse("language_choose"), {"language": FRENCH}, headers=headers)

    assert response.url == reverse("home")


def test_another_site_chooses_for_nobody(client):
    headers = {"Sec-Fetch-Site": "cross-site"}

    response = client.post(reverse("language_choose"), {"language": FRENCH}, headers=headers)

    assert response.cookies == SimpleCookie()


def test_a_cookie_that_names_no_language_counts_as_none(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en; DROP TABLE"

    assert language_of(client.get(reverse("about")))[0] == "en"


def test_whoever_is_signed_in_chooses_in_their_profile(client, ada):
    client.force_login(ada)

    response = client.post(reverse("language_choose"), {"language": FRENCH})

    assert response.url == reverse("profile_edit")
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies
    assert "_languages" not in [one.name for one in client.get(reverse("about")).templates]


def test_the_profile_keeps_a_language_and_speaks_it_at_once(client, ada):
    client.force_login(ada)
    page = client.get(reverse("profile_edit"))
    form = page.context["form"]
    fields = {name: form[name].value() or "" for name in form.fields} | {"language": FRENCH}

    response = client.post(reverse("profile_edit"), fields, follow=True)

    assert User.objects.get(pk=ada.pk).language == FRENCH
    assert language_of(response)[0] == FRENCH
    assert [str(one) for one in response.context["messages"]] == [said(FRENCH, "Profile saved.")]
    client.post(reverse("account_logout"))
    assert language_of(client.get(reverse("account_login")))[0] == FRENCH


def test_no_choice_any_more_forgets_that_of_the_browser(client, ada, course):
    speak(FRENCH, ada)
    speak(ARABIC, course)
    client.force_login(ada)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = FRENCH
    form = client.get(reverse("profile_edit")).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields} | {"language": ""}

    client.post(reverse("profile_edit"), fields)

    assert language_of(client.get(home_of(course)))[0] == "ar"


def test_a_language_that_there_is_not_is_refused_in_the_profile(client, ada):
    client.force_login(ada)
    form = client.get(reverse("profile_edit")).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields} | {"language": "tlh"}

    response = client.post(reverse("profile_edit"), fields)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["language"]
    assert User.objects.get(pk=ada.pk).language == ""


def test_instructors_choose_the_language_of_their_course(client, instructor, course):
    client.force_login(instructor)
    form = client.get(reverse("course_edit", args=[course.slug])).context["form"]
    fields = {name: form[name].value() or "" for name in form.fields} | {"language": ARABIC}

    response = client.post(reverse("course_edit", args=[course.slug]), fields, follow=True)

    assert Course.objects.get(pk=course.pk).language == ARABIC
    assert language_of(response)[0] == "ar"


@pytest.mark.parametrize(
    ("person", "course_s", "expected"),
    [(FRENCH, ARABIC, FRENCH), ("", ARABIC, ARABIC), ("", "", "en")],
)
def test_feeds_speak_to_the_owner_of_their_address(client, ada, course, person, course_s, expected):
    speak(person, ada)
    speak(course_s, course)
    FeedAddress.objects.create(user=ada, posts_token="p" * 40)
    args = ["p" * 40, course.slug, ada.username]

    feed = client.get(
        reverse("secret_person_feed", args=args), headers={"Accept-Language": "fr"}
    ).content.decode()

    with translation.override(expected):
        title = translation.gettext("%(name)s in %(course)s")
    assert title % {"name": ada.display_name, "course": course.title} in feed


def test_a_link_that_stops_mail_speaks_to_whom_it_was_sent(client, ada):
    speak(ARABIC, ada)
    address = urlsplit(unsubscribe_address(ada, MailKind.DIGEST)).path

    assert language_of(client.get(address, headers={"Accept-Language": "fr"}))[0] == "ar"


def test_a_column_of_an_lms_has_one_title_whoever_exports_it(instructor, course):
    prompt = factories.make_prompt(course, title="Ties")
    course.language = FRENCH

    with translation.override(ARABIC):
        title = exports._title(course, prompt, "comments")

    assert title == said(FRENCH, "%(prompt)s: comments", prompt="Ties")


def test_a_public_post_speaks_the_language_of_its_course(client, ada, course):
    post = factories.make_post(ada, course, audience=Audience.PUBLIC)
    speak(ARABIC, course)
    address = reverse("post_public", args=[post.pk, post.slug])

    assert language_of(client.get(address))[0] == "ar"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert language_of(client.get(address))[0] == "en"


def test_the_mail_of_a_password_link_is_in_the_language_of_its_account(client, ada):
    speak(FRENCH, ada)

    client.post(
        reverse("account_reset_password"), {"email": ada.email}, headers={"Accept-Language": "ar"}
    )

    [sent] = mail.outbox
    assert said(FRENCH, "Hello %(name)s,", name=ada.display_name) in sent.body


def test_a_language_chosen_on_the_way_is_that_of_the_new_account(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = FRENCH
    fields = {
        "email": "new@example.edu",
        "password1": factories.PASSWORD,
        "display_name": "Nour",
        "time_zone": "UTC",
    }

    client.post(reverse("account_signup"), fields)

    assert User.objects.get(email="new@example.edu").language == FRENCH


def test_a_guest_is_written_to_in_the_language_of_the_page(client, ada, course, monkeypatch):
    Course.objects.filter(pk=course.pk).update(
        guest_comments=GuestComments.MODERATED, language=ARABIC, widest_audience=Audience.PUBLIC
    )
    post = factories.make_post(ada, course, audience=Audience.PUBLIC)
    monkeypatch.setattr("blog.forms.comments.guest.MIN_SECONDS", 0)
    page = client.get(reverse("post_public", args=[post.pk, post.slug]))
    fields = fields_of(page, "subject") | {
        **{"text": "Well said, I think.", "name": "Greta", "email": "greta@example.org"}
    }

    client.post(reverse("guest_comment_new", args=[post.pk, post.slug]), fields)

    [comment] = post.comments.all()
    assert comment.guest.language == ARABIC


@pytest.mark.usefixtures("settings")
def test_a_site_with_one_language_asks_nobody(client, ada, settings):
    settings.LANGUAGES = [("en", "English")]
    visitor = client.get(reverse("about")).content.decode()
    client.force_login(ada)

    profile = client.get(reverse("profile_edit")).content.decode()

    assert reverse("language_choose") not in visitor
    assert '<input type="hidden" name="language" id="id_language">' in profile
