"""The files of pictures, for those who may see their post."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from blog.models import Picture

SIZES = ("large", "small")  # the fields that hold the files


@login_not_required
@require_safe
def picture_file(request, token, size):
    """Send one file of a picture to those who may see it; for all others answer 404.

    Its address names neither the course nor the post, so that a public page reveals nothing. A
    browser may cache it, and asks each time whether its reader may still see it.
    """
    if size not in SIZES:
        raise Http404
    picture = get_object_or_404(Picture.objects.visible_to(request.user), token=token)
    etag = f'"{picture.token}-{size}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(_content(picture, size), content_type="image/webp")
        response["Content-Disposition"] = "inline"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


def _content(picture: Picture, size: str) -> bytes:
    try:
        with getattr(picture, size).open("rb") as file:
            return file.read()
    except FileNotFoundError:
        raise Http404 from None
