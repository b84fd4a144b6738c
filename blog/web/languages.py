"""The language of a page: what a person chose, else the course's, else what the browser asks for.

The choice of a person is in their account; that of somebody who is not signed in is in a cookie of
their browser, which counts for an account without a choice too (docs/adr/0073).
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from blog.models import Course, User
from blog.models.languages import language_for, offered

# What programs ask for, without a session: nobody is looked up for these.
WITHOUT_SESSION = frozenset(
    {"favicon", "manifest", "security_txt", "unsubscribe"}
    | {"healthz", "livez", "readyz", "metrics"}
    | {"calendar_feed", "secret_course_feed", "secret_person_feed", "secret_comment_feed"}
    | {"draft_token"}
    # What an LMS sends: whoever comes is shown the notice on the page after it.
    | {"lti_login", "lti_launch", "lti_enter", "lti_pick", "lti_keys", "lti_canvas", "lti_register"}
)


class LanguageMiddleware:
    """
    Speak the language of whoever asks, and that of this thread again afterwards.

    Before the person is known, and on pages that look up nobody, it is that of their browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            if response.headers.get("Content-Type", "").startswith("text/html"):
                response.headers.setdefault("Content-Language", translation.get_language())
                patch_vary_headers(response, ["Accept-Language"])
            return response

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict
    ) -> None:
        if request.resolver_match and request.resolver_match.view_name in WITHOUT_SESSION:
            return
        speak_to_reader(request)


def speak_to_reader(request: HttpRequest) -> None:
    """Activate the language that the signed-in person chose; looks up nobody without a session."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
        return
    if request.user.is_authenticated:
        speak_to_person(request, request.user)


def speak_to_person(request: HttpRequest, person: User) -> None:
    """Activate the language that a person chose, if they chose one: of them a signed link tells."""
    if offered(person.language):
        _speak(request, person.language)


def speak_in_course(request: HttpRequest, course: Course) -> None:
    """Activate the language of a course from here on, unless the reader has chosen one.

    To the end of the request: an error page of the course is made after its view.
    """
    if not offered(course.language) or chosen_in_browser(request):
        return
    if not (request.user.is_authenticated and offered(request.user.language)):
        _speak(request, course.language)


def speak_to_owner(request: HttpRequest, owner: User, course: Course | None = None) -> None:
    """Activate the language of the owner of a secret address, whatever program asks."""
    _speak(request, language_for(owner, course))


def chosen_in_browser(request: HttpRequest) -> str:
    """Return the language that was chosen in this browser by somebody not signed in; "" if none."""
    return offered(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep a choice in the browser, for pages before signing in; "" forgets it."""
    name = settings.LANGUAGE_COOKIE_NAME
    if not language:
        response.delete_cookie(name, samesite="Lax")
        return
    response.set_cookie(
        name,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def _speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language
