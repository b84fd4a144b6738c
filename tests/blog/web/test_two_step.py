"""Somebody who begins to need a second step of signing in while they write loses no word."""

import uuid

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from blog.models import Comment, Draft, Post
from tests import factories
from tests.blog.views.editor.test_autosave import brought, saving
from tests.blog.web.test_resubmission import OURS, TEXT, Forms, without_token

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOLD = "You have to sign in in two steps here. Add a passkey or an app to go on."


@pytest.fixture
def post(instructor, course):
    return factories.make_post(instructor, course)


@pytest.fixture
def tab(instructor, post, settings):
    """Return a browser of somebody who opened a page before a second step was asked for."""
    client = Client(enforce_csrf_checks=True, headers=OURS)
    client.force_login(instructor)
    client.token = str(client.get("/me/").context["csrf_token"])
    settings.TWO_STEP_REQUIRED_FOR = frozenset({"teams"})
    return client


@pytest.mark.parametrize("path", ["/me/", "/", "/c/networks/", "/admin/"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_leads_to_where_it_is_set_up_and_says_why(tab, method, path):
    answer = getattr(tab, method)(path)

    assert answer.url == reverse("mfa_index")
    assert TOLD in tab.get(answer.url).content.decode()


def test_a_form_is_given_back_and_goes_out_afterwards(tab, post, instructor):
    address = reverse("comment_new", args=[post.course.slug, post.slug])
    sent = {"text": TEXT, "audience": "30", "key": str(uuid.uuid4()), "writer": instructor.pk,
            "csrfmiddlewaretoken": tab.token}  # fmt: skip

    refused = tab.post(address, sent)

    assert refused.status_code == 403
    assert refused.templates[0].name == "403_second_step.html"
    page = Forms(refused.content.decode())
    kept = page.forms[address]
    assert without_token(kept) == [
        (name, str(value)) for name, value in without_token(sent.items())
    ]
    assert any("second &" in box for box in page.boxes)
    link = f'href="{reverse("mfa_index")}"\n     target="_blank"'
    assert link in refused.content.decode()
    assert TOLD not in tab.get(reverse("mfa_index")).content.decode()  # the page has said it
    assert not Comment.objects.exists()

    TOTP.activate(instructor, SECRET)
    assert tab.post(address, dict(kept)).status_code == 302
    assert Comment.objects.get().author == instructor


def test_a_button_does_nothing_and_can_be_pressed_again(tab, post, instructor):
    address = reverse("post_delete", args=[post.course.slug, post.slug])

    refused = tab.post(address, {"csrfmiddlewaretoken": tab.token})

    assert refused.status_code == 403
    assert [name for name, _value in Forms(refused.content.decode()).forms[address]] == [
        "csrfmiddlewaretoken"
    ]
    assert Post.objects.get().deleted_at is None


def test_a_password_is_not_given_back(tab):
    sent = {"password": "secret-word", "text": "Some words", "csrfmiddlewaretoken": tab.token}

    page = tab.post(reverse("takeout_new"), sent).content.decode()

    assert "secret-word" not in page
    assert "we never store passwords" in page
    assert reverse("takeout_new") not in Forms(page).forms


def test_words_of_another_site_are_not_shown(tab):
    sent = {"text": "Please call this number"}

    page = tab.post(reverse("takeout_new"), sent, headers={"sec-fetch-site": "cross-site"})

    assert page.templates[0].name == "403_csrf.html"
    assert "call this number" not in page.content.decode()


def test_autosave_waits_and_goes_on_afterwards(tab, course, instructor):
    post = factories.make_draft_post(instructor, course, "T", "begun")
    words = brought(instructor, "typed since") | {"csrfmiddlewaretoken": tab.token}

    answer = tab.post(saving(post), words)

    assert (answer.status_code, answer.json()) == (401, {"state": "signed_out"})
    assert Draft.objects.get().text == "begun"
    led_to = tab.get(reverse("account_login"), follow=True)  # the link that the script shows
    assert TOLD in led_to.content.decode()

    TOTP.activate(instructor, SECRET)
    assert tab.post(saving(post), words).status_code == 200
    assert Draft.objects.get().text == "typed since"


def test_joining_another_course_waits_too(tab, instructor):
    other = factories.make_course("other")

    answer = tab.post(f"/join/{other.join_code}/", {"csrfmiddlewaretoken": tab.token})

    assert answer.status_code == 403
    assert not other.memberships.filter(user=instructor).exists()
