"""The files of pictures, for those who may see their post."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from blog.models import Picture
from blog.web.downloads import as_picture

SIZES = ("large", "small")  # the fields that hold the files


@login_not_required
@require_safe
def picture_file(request, token, size):
    """Send one file of a picture to those who may see it; for all others answer 404.

    Its address names neither the course nor the post, so that a public page reveals nothing.
    """
    if size not in SIZES:
        raise Http404
    picture = get_object_or_404(Picture.objects.visible_to(request.user), token=token)
    return as_picture(request, getattr(picture, size), f"{picture.token}-{size}")
