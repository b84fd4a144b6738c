"""The pages that say no, in the product's voice."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.csrf import requires_csrf_token

from blog.web.rate_limits import TooManyRequests
from blog.web.resubmission import previous_page, submitted_form, trusted_submitted_form


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who may see a thing but not do this to it."""
    context = {"reason": str(exception or ""), "submitted": trusted_submitted_form(request)}
    return render(request, "403.html", context, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """
    Answer for what is not there and for what this reader may not see, in the same words.

    The address is not repeated on the page, nor is anything of the exception: it could name the
    very thing that is hidden.
    """
    return render(request, "404.html", {"submitted": trusted_submitted_form(request)}, status=404)


@requires_csrf_token
def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who did something too often, and say when to come back if we know."""
    wait = exception.retry_after if isinstance(exception, TooManyRequests) else None
    context = {"retry_after": wait, "submitted": trusted_submitted_form(request)}
    response = render(request, "429.html", context, status=429)
    if wait is not None:
        response["Retry-After"] = str(wait)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for our own mistake, without context: whatever broke may break the page as well."""
    return HttpResponseServerError(get_template("500.html").render())


@login_not_required
@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """
    Answer a form whose token is missing or old, nearly always an innocent one.

    Whoever signs in takes a new token, so a form from before that lands here: the page gives back
    what was typed, with a button that sends it with the new token. The reason, which is for
    developers, goes to the log of `django.security.csrf` and not to the reader.
    """
    return render(
        request, "403_csrf.html", {"submitted": trusted_submitted_form(request)}, status=403
    )


@requires_csrf_token
def signed_out(request: HttpRequest) -> HttpResponse:
    """
    Answer a form that came after its writer's session had ended.

    Its token was good, so a page of ours sent it, and all of it is given back.
    """
    context = {"submitted": submitted_form(request), "previous_page": previous_page(request)}
    return render(request, "403_signed_out.html", context, status=403)
