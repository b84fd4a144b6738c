"""The submitted form of a refused request, given back so that nothing typed is lost."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from blog.web.submitted_json import read_submitted_json

SECRET_FIELD = re.compile(r"password|token|^code$|credential", re.IGNORECASE)
# A hidden field in which a form says what its choices mean, as JSON: {name: {value: words}}. Who
# was signed out may not be told from the database, and a choice may be gone from there.
CHOICES_FIELD = "choices"
# A hidden field in which a form says whose it is: the key of the person it was made for.
WRITER_FIELD = "writer"
# What a form notes for itself; nobody has typed it.
OWN_FIELD = re.compile(rf"{CHOICES_FIELD}|{WRITER_FIELD}|(?:.*-)?(?:seen|version|records)")


@dataclass(frozen=True)
class SubmittedForm:
    """The fields of a refused form, in their order.

    ``texts`` are the values that read like words, to be shown and copied, and ``choices`` what was
    chosen, in words. ``is_whole`` means that no field is left out, so that the form can be sent
    again as it is.
    """

    fields: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    choices: tuple[str, ...]
    is_whole: bool


def submitted_form(request: HttpRequest) -> SubmittedForm:
    """Return the form of a request without passwords and tokens: no page ever repeats those."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = tuple((name, value) for name, value in sent if not SECRET_FIELD.search(name))
    hidden = {name for name, _ in sent if SECRET_FIELD.search(name)} - {"csrfmiddlewaretoken"}
    return SubmittedForm(
        fields=fields,
        texts=tuple(
            value
            for name, value in fields
            if _reads_like_words(value) and not OWN_FIELD.fullmatch(name)
        ),
        choices=tuple(words for _, _, words in submitted_choices(request.POST)),
        is_whole=not hidden,
    )


def sendable_by_others(view: Callable) -> Callable:
    """Let a form that was made for one person be sent by the next one, who is asked first.

    Goes on top of the decorators of a view. It is for what is as good from either, such as a
    comment; a profile or a grade would take the place of the other person's own.
    """
    view.sendable_by_others = True  # type: ignore[attr-defined]
    return view


def is_of_another(request: HttpRequest) -> bool:
    """Return whether a form was made for somebody else than the one signed in now."""
    writers = set(request.POST.getlist(WRITER_FIELD)) - {""}
    return not writers <= {str(request.user.pk)}


def can_be_sent_again(request: HttpRequest, form: SubmittedForm | None) -> bool:
    """Return whether a refused form is offered once more to whoever is signed in now.

    It is where it says that it is theirs, or where the view takes it from anybody.
    """
    if not request.user.is_authenticated or form is None or not form.fields or not form.is_whole:
        return False
    is_theirs = WRITER_FIELD in request.POST and not is_of_another(request)
    return is_theirs or takes_from_others(request)


def takes_from_others(request: HttpRequest) -> bool:
    """Return whether the view of a request is one of ``sendable_by_others``."""
    match = request.resolver_match
    return match is not None and getattr(match.func, "sendable_by_others", False)


def submitted_choices(data: QueryDict) -> list[tuple[str, str, str]]:
    """Return the choices of a form that says what they mean: name, value and words."""
    try:
        meanings = read_submitted_json(data.get(CHOICES_FIELD, ""))
    except ValueError:
        return []
    if not isinstance(meanings, dict):
        return []
    return [
        (name, value, words)
        for name, by_value in meanings.items()
        for value in data.getlist(name)
        if isinstance(by_value, dict) and isinstance(words := by_value.get(value), str)
    ]


def _reads_like_words(value: str) -> bool:
    """Return whether a value is a sentence, and no key, number or date, in any script."""
    return len(value.split()) > 1 or len(value) > 40 or not value.isascii()


def trusted_submitted_form(request: HttpRequest) -> SubmittedForm | None:
    """Return the submitted form if the browser vouches that a page of ours sent it.

    Another site could otherwise put its words, and a button that sends them, into our page.
    """
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "same-origin":
        return submitted_form(request)
    return None


def previous_page(request: HttpRequest) -> str:
    """Return the page a form was sent from, if it is ours; its action may accept only a POST."""
    referrer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referrer, {request.get_host()}):
        parts = urlsplit(referrer)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path()
