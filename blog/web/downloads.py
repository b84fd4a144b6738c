"""Files that pages send: references to download for other programs, and pictures."""

from collections.abc import Sequence

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from blog.citations.exporters import FORMATS


def as_file(records: Sequence[dict], extension: str, stem: str) -> HttpResponse:
    """Return records as a file in the format of its extension; an unknown one is a 404.

    Like every page it is for its reader alone: the middleware keeps it out of shared caches.
    """
    if extension not in FORMATS:
        raise Http404
    file_format = FORMATS[extension]
    return HttpResponse(
        file_format.write(records),
        content_type=file_format.content_type,
        headers={"Content-Disposition": f'attachment; filename="{stem}.{extension}"'},
    )


def as_text(entries: Sequence[str], stem: str) -> HttpResponse:
    """Return a list of entries as plain text, to be pasted where no program reads records."""
    return HttpResponse(
        "".join(f"{entry}\n\n" for entry in entries),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{stem}.txt"'},
    )


def as_picture(request: HttpRequest, file: FieldFile, name: str) -> HttpResponse:
    """Return a WebP file, which has another ``name`` when it has other bytes; 404 if it is gone.

    A browser may cache it, and asks each time whether its reader may still see it.
    """
    etag = f'"{name}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(_content(file), content_type="image/webp")
        response["Content-Disposition"] = "inline"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


def _content(file: FieldFile) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read()
    except FileNotFoundError:
        raise Http404 from None
