"""Views of the error pages."""

import logging
import sys

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.middleware.csrf import (
    REASON_BAD_ORIGIN,
    REASON_NO_CSRF_COOKIE,
    REASON_NO_REFERER,
    get_token,
)
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from blog.web.languages import speak_to_reader
from blog.web.logs import told
from blog.web.outages import is_outage
from blog.web.rate_limits import HOUR, MINUTE, TooManyRequests
from blog.web.resubmission import (
    can_be_sent_again,
    is_of_another,
    previous_page,
    submitted_form,
    trusted_submitted_form,
)

logger = logging.getLogger(__name__)

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
PLAIN_PAGE = (
    '<!DOCTYPE html><html lang="%s"><meta charset="utf-8"><title>500</title><p dir="auto">%s</p>'
)
# How Django's reasons begin that name an origin or a referrer, of which each has several.
ABOUT_ORIGIN = tuple(one.split(" - ")[0] for one in (REASON_BAD_ORIGIN, REASON_NO_REFERER))


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 to somebody who may see a thing but not do this with it."""
    course = getattr(request, "course", None)
    context = {
        "reason": str(exception or ""),
        "is_archived": course is not None and course.is_archived,
        "submitted": trusted_submitted_form(request),
    }
    return render(request, "403.html", context, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """
    Answer 404 for what does not exist and for what this reader may not see, in the same words.

    The page repeats neither the address nor the exception, which could name the very thing that
    is hidden. No view may have been found, so nobody has looked yet who asks.
    """
    speak_to_reader(request)
    return render(request, "404.html", {"submitted": trusted_submitted_form(request)}, status=404)


@requires_csrf_token
def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429 to somebody who did something too often, with when to try again if we know."""
    seconds = exception.retry_after if isinstance(exception, TooManyRequests) else None
    back = previous_page(request)
    context = {
        "advice": _when_to_retry(seconds),
        "submitted": trusted_submitted_form(request),
        "leads_back": back if back != request.get_full_path() else "",
    }
    response = render(request, "429.html", context, status=429)
    if seconds is not None:
        response["Retry-After"] = str(seconds)
    return response


def _when_to_retry(seconds: int | None) -> str:
    if seconds is None:
        return _("Try again in a few minutes.")
    if seconds <= 2 * MINUTE:
        return _("Try again in a minute or two.")
    if seconds <= HOUR:
        return _("Try again in an hour.")
    return _("Try again tomorrow.")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400 to a request that no browser sends, without looking anything up for it.

    And 413 to one that is too large, of which nothing is read.
    """
    if isinstance(exception, TOO_LARGE):
        return HttpResponse(get_template("413.html").render(), status=413)
    return _bare_page("400.html", request, status=400)


def too_large_for_strangers(request: HttpRequest) -> HttpResponse:
    """Answer 413 to somebody who is not signed in and sends files, of which nothing is read."""
    page = get_template("413.html").render({"is_signed_out": True})
    return HttpResponse(page, status=413)


def method_not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answer 405 with a page to whoever opened the address of a button."""
    page = _bare_page("405.html", request, status=405)
    page["Allow"] = response["Allow"]
    return page


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without any context: what broke the page may break the error page as well.

    An outage that no view met, such as a session that could not be saved, is a 503 all the same.
    """
    error = sys.exc_info()[1]
    if is_outage(error):
        return unavailable(request, error)
    context = {"request_id": request.META.get("pln.request_id")}
    try:
        return HttpResponseServerError(get_template("500.html").render(context))
    except Exception:  # such as styles that nobody has collected
        logger.exception("The page that says so is broken as well")
        words = _("Something went wrong. Try again later.")
        return HttpResponseServerError(PLAIN_PAGE % (get_language(), words))


def unavailable(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """Answer 503 while a store cannot be used, and give back the submitted text."""
    logger.error("A store cannot be used: %s", told(exception))
    response = _bare_page("503.html", request, status=503, context=_sent_again(request))
    response["Retry-After"] = str(MINUTE)
    return response


def _sent_again(request: HttpRequest) -> dict:
    """Return the data of a button that sends a form again; all of it is in the request."""
    form = trusted_submitted_form(request)
    if form is None or not form.fields or not form.is_whole or request.FILES:
        return {}
    address, token = request.get_full_path(), get_token(request)
    return {"offers_again": True, "full_path": address, "csrf_token": token}


def _bare_page(
    template: str, request: HttpRequest, *, status: int, context: dict | None = None
) -> HttpResponse:
    """Return a page that asks no store for anything, with what a form of ours sent."""
    words = {"submitted": trusted_submitted_form(request), **(context or {})}
    return HttpResponse(get_template(template).render(words), status=status)


@login_not_required
@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """
    Answer 403 to a form whose CSRF token is missing or old, which is nearly always an innocent one.

    Signing in makes a new token, so a form from before that ends here: the page gives back what
    was typed, with a button that sends it with the new token if it may go out as who is signed in
    now. A browser that hides where a form comes from, or sends no cookie, is told just that. The
    reason itself, which is for developers, goes to the log of `django.security.csrf` and not to
    the reader.
    """
    submitted = trusted_submitted_form(request)
    hides_origin = reason.startswith(ABOUT_ORIGIN)
    context = {
        "submitted": submitted,
        "offers_again": not hides_origin and can_be_sent_again(request, submitted),
        "is_of_another": request.user.is_authenticated and is_of_another(request),
        "hides_origin": hides_origin,
        "sends_no_cookie": reason == REASON_NO_CSRF_COOKIE,
    }
    return render(request, "403_csrf.html", context, status=403)


@requires_csrf_token
def form_of_another(request: HttpRequest) -> HttpResponse:
    """Answer 403 to a form that was made for another person than the one signed in now."""
    context = {"submitted": trusted_submitted_form(request), "is_of_another": True}
    return render(request, "403_csrf.html", context, status=403)


@requires_csrf_token
def signed_out(request: HttpRequest) -> HttpResponse:
    """
    Answer 403 to a form that was sent after the session had ended.

    Its token was good, so a page of ours sent it, and all of it is given back.
    """
    context = {"submitted": submitted_form(request), "previous_page": previous_page(request)}
    return render(request, "403_signed_out.html", context, status=403)


@requires_csrf_token
def lacks_notice(request: HttpRequest) -> HttpResponse:
    """
    Answer 403 to a form or button of somebody who has not accepted the notice of now.

    It may have changed after they opened the page. All of the form is given back.
    """
    context = {"submitted": submitted_form(request), "previous_page": previous_page(request)}
    return render(request, "403_notice.html", context, status=403)


@requires_csrf_token
def lacks_second_step(request: HttpRequest) -> HttpResponse:
    """
    Answer 403 to a form or button of somebody who has to add a second step of signing in first.

    They may have begun to need one after they opened the page. All of the form is given back, as
    to somebody whose session has ended.
    """
    context = {"submitted": submitted_form(request)}
    return render(request, "403_second_step.html", context, status=403)
