"""Exports of the class network, for instructors, and their log, for the whole course."""

from contextlib import ExitStack
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO

from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from blog.exceptions import Refused
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of
from blog.web.rate_limits import HOUR, enforce_rate_limit
from blog.web.reauthentication import confirmed_lately
from blog.web.replica import reading_replica
from network import actions
from network.export import FORMATS, Export, write_with_read_me
from network.forms.export import (
    EVERYTHING,
    LABELS,
    NETWORK_FORMATS,
    OTHER_FORMATS,
    NetworkExportForm,
)
from network.queries import network_export as queries
from network.ties import tie_date

FILES = 60  # an hour; that of a large course takes a second
PAGE_SIZE = 50
IN_MEMORY_BYTES = 500_000
NEWEST = 5


@in_course
@instructors_only
@require_safe
def network_export(request, course):
    """Offer the class network in the formats of other programs."""
    return _page(request, course, NetworkExportForm(course=course))


@in_course
@require_POST
@instructors_only
@confirmed_lately(lambda course, file_format: reverse("network_export", args=[course.slug]))
def network_export_file(request, course, file_format):
    """Send a zip of one format and log it; 404 for a format that nobody knows."""
    if file_format not in FORMATS:
        raise Http404
    enforce_rate_limit(request, "network export", FILES, per=HOUR)
    form = NetworkExportForm(request.POST, course=course)
    if not form.is_valid():
        return _page(request, course, form)
    chosen = form.cleaned_data
    last = tie_date(course)
    day = min(chosen["as_of"] or last, last)
    names = chosen["names"] or file_format == "key"
    try:
        with transaction.atomic():  # what is refused is not in the log
            actions.log_network_export(
                course, by=request.user, file_format=file_format, day=day, names=names
            )
            with reading_replica():
                export = queries.network_export(
                    course, file_format, as_of=chosen["as_of"], names=chosen["names"]
                )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, course, form)
    name = f"{course.slug}-network-{day:%Y-%m-%d}-{file_format}.zip".replace("-zip.zip", ".zip")
    return _as_file(export, file_format, name, bom=chosen["bom"])


@in_course
@require_safe
def network_export_list(request, course):
    """List who exported the class network, when, and with names or codes, to all members."""
    page = Paginator(queries.exports_of(course), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "entries": _entries(page)}
    return render(request, "network/network_export_list.html", context)


def _as_file(export: Export, file_format: str, name: str, *, bom: bool) -> FileResponse:
    """Send a zip that is complete before it is sent; a large one is in a file and not in memory."""
    with ExitStack() as until_sent:
        file: IO[bytes] = until_sent.enter_context(TemporaryFile())
        write_with_read_me(file, export, file_format, bom=bom)
        size = file.tell()
        file.seek(0)
        if size > IN_MEMORY_BYTES:
            until_sent.pop_all()  # the response closes it
        else:
            file = BytesIO(file.read())
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _page(request, course, form: NetworkExportForm):
    context = {
        "form": form,
        "everything": EVERYTHING,
        "network_formats": NETWORK_FORMATS,
        "other_formats": OTHER_FORMATS,
        "entries": _entries(queries.exports_of(course)[:NEWEST]),
    }
    return render(request, "network/network_export.html", context, status=status_of(form))


def _entries(events) -> list[tuple]:
    """Return the entries of the log, each with the name of its format."""
    entries = map(queries.log_entry, events)
    return [(entry, LABELS.get(entry.file_format, entry.file_format)) for entry in entries]
