"""The submitted form of a refused request, given back so that nothing typed is lost."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

SECRET_FIELD = re.compile(r"password|token", re.IGNORECASE)


@dataclass(frozen=True)
class SubmittedForm:
    """The fields of a refused form, in their order.

    ``texts`` are the values that read like words, to be shown and copied. ``is_whole`` means that
    no field is left out, so that the form can be sent again as it is.
    """

    fields: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    is_whole: bool


def submitted_form(request: HttpRequest) -> SubmittedForm:
    """Return the form of a request without passwords and tokens: no page ever repeats those."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = tuple((name, value) for name, value in sent if not SECRET_FIELD.search(name))
    hidden = {name for name, _ in sent if SECRET_FIELD.search(name)} - {"csrfmiddlewaretoken"}
    return SubmittedForm(
        fields=fields,
        texts=tuple(value for _, value in fields if _reads_like_words(value)),
        is_whole=not hidden,
    )


def _reads_like_words(value: str) -> bool:
    """Tell a sentence from a key, a number or a date; not every script puts spaces in one."""
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
