"""Every error page: its status, its own template, its headers, and what it does not reveal."""

import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import path

from blog.web.errors import csrf_failure, too_many_requests
from blog.web.rate_limits import TooManyRequests
from plnsite import urls as site

SECRET = "Ada's hidden draft"


def raising(error):
    @login_not_required
    def view(request):
        raise error

    return view


urlpatterns = [
    path("forbidden/", raising(PermissionDenied("Replies are closed."))),
    path("missing/", raising(Http404(SECRET))),
    path("too-often/", raising(TooManyRequests(3600))),
    path("broken/", raising(RuntimeError(SECRET))),
    *site.urlpatterns,
]
handler403, handler404, handler429, handler500 = (
    site.handler403,
    site.handler404,
    site.handler429,
    site.handler500,
)

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'none'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
PAGES = [
    ("/forbidden/", 403, "403.html"),
    ("/missing/", 404, "404.html"),
    ("/too-often/", 429, "429.html"),
    ("/broken/", 500, "500.html"),
]


def without_token(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


@pytest.fixture
def visitor(client):
    """A client that sees the error page, as people do, and not the exception."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(("address", "status", "template"), PAGES)
def test_error_page_has_its_status_template_and_headers(visitor, address, status, template):
    response = visitor.get(address)

    assert response.status_code == status
    assert response.templates[0].name == template
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.parametrize(("address", "status", "template"), PAGES)
def test_error_page_tells_nothing_of_what_happened(visitor, address, status, template):
    page = visitor.get(address).content.decode()

    assert SECRET.replace("'", "&#x27;") not in page
    assert SECRET not in page
    assert "Traceback" not in page


@pytest.mark.parametrize(("address", "status", "template"), PAGES)
def test_error_page_answers_members_too(visitor, ada, address, status, template):
    visitor.force_login(ada)

    assert visitor.get(address).status_code == status


def test_unknown_address_is_the_same_page_as_a_hidden_one(visitor, ada):
    visitor.force_login(ada)

    unknown, hidden = visitor.get("/c/nothing-here/"), visitor.get("/missing/")

    assert (unknown.status_code, hidden.status_code) == (404, 404)
    assert without_token(unknown) == without_token(hidden)


def test_limit_page_says_when_to_try_again(visitor):
    response = visitor.get("/too-often/")

    assert response["Retry-After"] == "3600"
    assert "Try again in an hour." in response.content.decode()


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (TooManyRequests(60), "Try again in a minute or two."),
        (TooManyRequests(24 * 3600), "Try again tomorrow."),
        (None, "Try again in a few minutes."),
    ],
)
def test_limit_page_gives_advice_for_any_wait(rf, error, advice):
    request = rf.get("/")
    request.user = AnonymousUser()

    response = too_many_requests(request, error)

    assert response.status_code == 429
    assert advice in response.content.decode()


def test_broken_page_needs_no_database(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        visitor.get("/broken/")


def test_form_without_its_token_is_refused_with_a_way_back(ada):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)

    response = strict.post("/accounts/logout/")

    assert response.status_code == 403
    assert response.templates[0].name == "403_csrf.html"
    assert "_auth_user_id" in strict.session


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"Origin": "null"}, "hides which page the form comes from"),
        ({"Origin": "https://proxy.example:8443"}, "hides which page the form comes from"),
        ({}, "You are signed in as Ada Student"),
    ],
)
def test_refused_form_names_its_own_cause(ada, headers, said):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)

    response = strict.post("/accounts/logout/", headers=headers)

    page = " ".join(response.content.decode().split())
    assert said in page
    assert "in another tab" not in page
    assert 'href="/">Continue to your courses' in page


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Referer checking failed - no Referer.", "hides which page the form comes from"),
        ("CSRF cookie not set.", "did not send this site’s cookie"),
        ("CSRF token from POST incorrect.", "You signed in or out in another tab"),
    ],
)
def test_refused_form_of_a_visitor_names_its_own_cause(rf, reason, said):
    request = rf.post("/accounts/login/")
    request.user = AnonymousUser()

    page = " ".join(csrf_failure(request, reason).content.decode().split())

    assert said in page
