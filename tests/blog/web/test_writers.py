"""A page may outlive its session: what one person typed is never saved as another's."""

import re
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from blog.models import Comment, Grading, User, version_of
from tests import factories
from tests.submitted import fields_of

OURS = {"sec-fetch-site": "same-origin"}
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
FIELD = re.compile(
    r"<(?:input|select|textarea)\b|<button[^>]*\bname=|\{\{[^}]*(?:form|field)|\{% include"
)
# Who fills in these is signed in to nothing yet, or says again who they are, or signs out.
OF_NOBODY = {
    "templates/_languages.html",
    "templates/_send_again.html",
    "templates/account/email_confirm.html",
    "templates/account/login.html",
    "templates/account/logout.html",
    "templates/account/password_reset.html",
    "templates/account/password_reset_from_key.html",
    "templates/account/signup.html",
    "templates/mfa/_code_step.html",
    "templates/mfa/_passkey_step.html",
    "templates/mfa/authenticate.html",
    "templates/socialaccount/_start.html",
    "templates/socialaccount/signup.html",
    "templates/blog/accounts/unsubscribe.html",
    "templates/blog/courses/landing.html",
    # In the frame of an LMS there is no session.
    "templates/blog/lti/lti_frame.html",
    "templates/blog/lti/lti_pick.html",
    "templates/blog/lti/lti_picked.html",
    "templates/blog/lti/lti_window.html",
    # A stencil, whose form is as good from either.
    "templates/network/_follow.html",
}


@pytest.fixture
def tab(db):
    """Return a browser that minds tokens, and says where a form was sent from."""
    return Client(enforce_csrf_checks=True, headers=OURS)


def token_of(client):
    return str(client.get("/me/").context["csrf_token"])


def profiles():
    return list(User.objects.order_by("pk").values_list("display_name", "public_name", "about"))


def left_open(client, address, having, *, by, then):
    """Return the form of a page that one person left open, when the next one has signed in."""
    client.force_login(by)
    fields = fields_of(client.get(address), having=having)
    client.logout()
    client.force_login(then)
    return fields


def test_a_profile_left_open_is_not_saved_as_the_next_persons(tab, ada, bob):
    typed = left_open(tab, "/me/", "about", by=ada, then=bob) | {"about": "I count weak ties."}
    before = profiles()

    refused = tab.post("/me/", typed)

    page = refused.content.decode()
    assert refused.status_code == 403
    assert "someone else was signed in when this page was opened" in " ".join(page.split())
    assert "I count weak ties." in page
    assert "data-send-again" not in page
    assert profiles() == before


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/me/", {"about": "I count weak ties."}),
        ("/me/portrait/", {}),
        ("/accounts/email/", {"email": "ada@example.org", "action_add": ""}),
        ("/accounts/password/change/", {"oldpassword": factories.PASSWORD}),
    ],
)
def test_an_account_form_of_another_is_refused_with_a_good_token(tab, ada, bob, address, typed):
    tab.force_login(bob)
    before = profiles()

    answer = tab.post(address, typed | {"writer": ada.pk, "csrfmiddlewaretoken": token_of(tab)})

    assert (answer.status_code, answer.templates[0].name) == (403, "403_csrf.html")
    assert "data-send-again" not in answer.content.decode()
    assert profiles() == before
    assert not bob.emailaddress_set.filter(email="ada@example.org").exists()


def test_the_same_person_sends_again_in_one_step(tab, ada):
    typed = left_open(tab, "/me/", "about", by=ada, then=ada) | {"about": "I count weak ties."}

    refused = tab.post("/me/", typed)
    assert f"Send it again as {ada.display_name}" in refused.content.decode()
    answer = tab.post("/me/", typed | {"csrfmiddlewaretoken": token_of(tab)})

    assert answer.status_code == 302
    assert User.objects.get(pk=ada.pk).about == "I count weak ties."


@pytest.mark.parametrize("stated", [{}, {"reviewed": "ROW"}])
def test_a_version_of_another_row_never_passes(client, ada, bob, stated):
    client.force_login(ada)
    typed = fields_of(client.get("/me/"), having="about") | {"about": "I count weak ties."}
    typed |= {name: version_of(ada) for name in stated}
    del typed["writer"]
    before = profiles()
    client.force_login(bob)

    answer = client.post("/me/", typed)

    assert answer.status_code == 409
    assert profiles() == before


def test_a_comment_goes_out_as_the_next_person_once_that_is_said(tab, ada, bob, course):
    address = reverse("comment_new", args=[course.slug, factories.make_post(ada, course).slug])
    page = address.removesuffix("comments/")
    typed = left_open(tab, page, "audience", by=ada, then=bob)
    typed |= {"text": "A thought.", "key": str(uuid.uuid4())}

    refused = tab.post(address, typed)
    assert f"Send it again as {bob.display_name}" in refused.content.decode()
    assert not Comment.objects.exists()
    tab.post(address, typed | {"csrfmiddlewaretoken": token_of(tab)})

    assert Comment.objects.get().author == bob


def test_a_grading_of_another_grader_is_not_written_over(client, course, ada, instructor):
    assistant = factories.make_user("Tess Assistant")
    factories.add_member(course, assistant, role="assistant")
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_grading(post, instructor, level=3)
    factories.make_grading(post, assistant, level=2, of_record=False)
    address = factories.desk_address(post)
    client.force_login(instructor)
    typed = fields_of(client.get(address), having="text") | {"text": "Well argued."}
    client.force_login(assistant)
    before = list(Grading.objects.order_by("pk").values())

    as_hers = client.post(address, typed)
    unnamed = client.post(address, typed | {"writer": ""})

    assert [as_hers.status_code, unnamed.status_code] == [403, 409]
    assert list(Grading.objects.order_by("pk").values()) == before


def test_every_form_with_fields_says_whose_it_is():
    silent = []
    for path in sorted(Path(settings.BASE_DIR, "templates").rglob("*.html")):
        name = str(path.relative_to(settings.BASE_DIR))
        for form in FORM.findall(path.read_text()) if name not in OF_NOBODY else ():
            says = '"_writer.html"' in form or "_saving_fields.html" in form
            if 'method="post"' in form and FIELD.search(form) and not says:
                silent.append(name)

    assert silent == []
