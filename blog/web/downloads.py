"""References as files for other programs."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse

from blog.citations.exporters import FORMATS


def as_file(records: Sequence[dict], ending: str, stem: str) -> HttpResponse:
    """Answer with records as a file of the kind its ending names; another ending is a 404.

    Like every page it is the reader's own: the middleware keeps it out of shared caches.
    """
    if ending not in FORMATS:
        raise Http404
    kind = FORMATS[ending]
    return HttpResponse(
        kind.write(records),
        content_type=kind.content_type,
        headers={"Content-Disposition": f'attachment; filename="{stem}.{ending}"'},
    )
