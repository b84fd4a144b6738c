"""Every error page: its status, its own template, its headers, and what it does not reveal."""

import re
from typing import ClassVar

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST

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
    path("too-large/", raising(RequestDataTooBig(SECRET))),
    path("unreadable/", raising(BadRequest(SECRET))),
    path("button/", login_not_required(require_POST(lambda request: None))),
    *site.urlpatterns,
]
handler400, handler403, handler404, handler429, handler500 = (
    site.handler400,
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
    ("/too-large/", 413, "413.html"),
    ("/unreadable/", 400, "400.html"),
    ("/button/", 405, "405.html"),
]


def without_token(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


@pytest.fixture
def visitor():
    """Return a browser that sees the error page, as people do, and not the exception."""
    return Client(headers={"accept": "text/html,*/*"}, raise_request_exception=False)


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


@pytest.mark.parametrize(("referrer", "back"), [("http://testserver/me/", "/me/"), ("", "/")])
def test_limit_page_leads_back_and_blames_no_network_of_a_member(rf, ada, referrer, back):
    request = rf.post("/me/export/new/", headers={"referer": referrer} if referrer else {})
    request.user = ada

    page = too_many_requests(request, TooManyRequests(60)).content.decode()

    assert f'<a href="{back}">Back</a>' in page
    assert "your network" not in page


def test_broken_page_needs_no_database(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        visitor.get("/broken/")


def test_a_page_for_no_browser_is_not_made(client):
    answer = client.get("/button/")

    assert (answer.status_code, answer.content, answer["Allow"]) == (405, b"", "POST")


def test_the_page_of_a_button_says_what_it_allows(visitor):
    assert visitor.get("/button/")["Allow"] == "POST"


def test_a_form_that_is_too_large_is_told_so(visitor, ada, course, settings):
    """Also where a page of ours sent it, which is read again for what it gives back elsewhere."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    visitor.force_login(ada)

    answer = visitor.post(
        f"/c/{course.slug}/comments/preview/",
        {"text": "x" * 2000},
        headers={"sec-fetch-site": "same-origin"},
    )

    assert answer.status_code == 413
    assert "You sent more than this site takes at once" in answer.content.decode()


def test_files_of_somebody_who_is_signed_out_are_not_read(visitor, ada, course, settings):
    """Not even by the check of where a form comes from, which reads forms before anybody asks."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    stranger = Client(enforce_csrf_checks=True)
    files = {"media": SimpleUploadedFile("m.zip", b"x" * 2000)}
    read = []
    settings.FILE_UPLOAD_HANDLERS = [f"{__name__}.NotedHandler"]
    NotedHandler.read = read

    answer = stranger.post(f"/c/{course.slug}/wordpress/", files)

    assert (answer.status_code, read) == (413, [])
    assert "You are signed out, and nothing was saved" in answer.content.decode()
    visitor.force_login(ada)
    files["media"].seek(0)
    assert visitor.post(f"/c/{course.slug}/wordpress/", files).status_code == 403
    assert read == ["m.zip"]


class NotedHandler(MemoryFileUploadHandler):
    """Notes which files were read."""

    read: ClassVar[list[str]] = []

    def new_file(self, field_name, file_name, *args, **kwargs):
        self.read.append(file_name)
        super().new_file(field_name, file_name, *args, **kwargs)


@pytest.mark.parametrize("length", ["", "many", "-1"])
def test_a_length_that_is_none_is_no_large_one(visitor, length):
    assert visitor.get("/missing/", CONTENT_LENGTH=length).status_code == 404


def test_a_broken_page_has_the_number_of_its_request(visitor, settings):
    settings.LOG_FORMAT = "json"

    answer = visitor.get("/broken/")

    assert answer["X-Request-ID"] in answer.content.decode()


def test_a_site_without_styles_still_says_that_it_is_broken(visitor, monkeypatch, caplog):
    def fail(*args):
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr("blog.web.errors.get_template", fail)

    answer = visitor.get("/broken/")

    assert answer.status_code == 500
    assert "Something went wrong. Try again later." in answer.content.decode()
    assert "style" not in answer.content.decode()


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
