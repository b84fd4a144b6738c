"""Pages that take a file of a table and lead to what it does."""

from collections.abc import Callable

from blog.spreadsheets import TableRefused
from blog.web.idempotency import create_once
from blog.web.rate_limits import HOUR, enforce_rate_limit

READINGS = 60  # an hour; a large file takes a second


def start_upload(
    request,
    form,
    action: str,
    *,
    scope: str,
    start: Callable[[], str],
    store: Callable[[], None] = lambda: None,
) -> str | None:
    """Return where an uploaded file leads, once for each form; None if the form is shown (again).

    ``scope`` is that of the limit of readings; ``action`` is as in ``create_once``. ``store`` puts
    files of a valid form where they stay, before the transaction of ``start``: it may take a while.
    """
    if request.method != "POST":
        return None
    enforce_rate_limit(request, scope, READINGS, per=HOUR)
    try:
        if form.is_valid():
            store()
        return create_once(form, action, by=request.user, create=start)
    except TableRefused as refusal:
        form.refuse(refusal)
        return None
