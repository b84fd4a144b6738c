"""Files of references to download, for other programs."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse

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
