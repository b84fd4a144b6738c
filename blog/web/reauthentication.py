"""Pages that ask once more who sits there: exports of others' data, what cannot be undone."""

import time
from collections.abc import Callable
from functools import wraps

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

# When the institution last asked this session's person who they are, as far as it is known.
ASKED_BY_UNIVERSITY = "university_asked_at"
JUST_NOW_SECONDS = 10 * 60
# How somebody has signed in, as allauth records it, where only they could: the institution and an
# LMS know most people still, and let whoever sits there pass.
SHOWING = frozenset({"password", "password_reset", "mfa", "code"})
# A form that waits for the question to be answered: its page, its fields as they came, and when.
WAITING_FORM = "form_before_question"


def was_confirmed_lately(request: HttpRequest) -> bool:
    """Return whether this session's person has shown within half an hour who they are.

    By signing in, or again since: with password, passkey or code, by a link in a mail, or at the
    institution if that says when it asked them.
    """
    records = get_authentication_records(request, request.user)
    moments = [record["at"] for record in records if record["method"] in SHOWING]
    latest = max([*moments, request.session.get(ASKED_BY_UNIVERSITY, 0)])
    return time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT


def was_asked_just_now(request: HttpRequest) -> bool:
    """Return whether this session's person was asked again within ten minutes, and showed it.

    Signing in does not count: whoever finds an open session has not signed in.
    """
    records = get_authentication_records(request, request.user)
    moments = [record["at"] for record in records if record.get("reauthenticated")]
    latest = max([*moments, request.session.get(ASKED_BY_UNIVERSITY, 0)])
    return time.time() - latest < JUST_NOW_SECONDS


def question_before(back: str) -> str:
    """Return the page that asks for a password, a passkey or a code, and then leads ``back``."""
    return reverse("account_reauthenticate", query={"next": back})


def ask_who_it_is(back: str) -> HttpResponse:
    """Redirect to the page that asks for a password, a passkey or a code, and then ``back``."""
    return redirect(question_before(back))


def ask_before_saving(request: HttpRequest, *, is_needed: bool = True) -> HttpResponse | None:
    """Redirect to the question, storing the submitted form; None if it was answered lately.

    It is kept in the session, as no address may have names and emails in it. Every valid form of
    that page comes here, also one that needs no answer: what was kept before it is given up.
    """
    if not is_needed or was_confirmed_lately(request):
        if request.session.get(WAITING_FORM, [""])[0] == request.path:
            del request.session[WAITING_FORM]
        return None
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    request.session[WAITING_FORM] = [request.path, typed.urlencode(), time.time()]
    return ask_who_it_is(request.path)


def fill_from_before(form: BaseForm, request: HttpRequest) -> bool:
    """Fill the form of a page with the one submitted before the question; return if there was one.

    With it goes what the page said of the row: what somebody else has saved since is not written
    over, as without the question. What nobody has sent again within the time that an answer counts
    is left out.
    """
    path, typed, at = request.session.get(WAITING_FORM, ["", "", 0])
    if form.is_bound or path != request.path:
        return False
    if time.time() - at > app_settings.REAUTHENTICATION_TIMEOUT:
        return False
    data = QueryDict(typed)
    for bound in form:
        widget = bound.field.widget
        form.initial[bound.name] = widget.value_from_datadict(data, {}, bound.html_name)
    return True


def confirmed_lately(page: Callable[..., str] | None = None):
    """Ask for the password, a passkey or a code first, unless somebody has just given one.

    They go on to the page that ``page`` returns for the view's own arguments, because a file that
    is downloaded is no page; without it, to the page they asked for. Goes below ``in_course`` and
    what says who may come: others learn nothing from being asked.
    """

    def decorate(view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            if was_confirmed_lately(request):
                return view(request, *args, **kwargs)
            return ask_who_it_is(page(*args, **kwargs) if page else request.get_full_path())

        return wrapped

    return decorate
