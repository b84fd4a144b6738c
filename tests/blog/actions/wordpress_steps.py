"""Steps of imports from WordPress, for the tests of what comes of them."""

import zipfile
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from blog.actions.wordpress_imports import (
    answer_wordpress_import,
    continue_wordpress_import,
    import_wordpress_posts,
    start_wordpress_import,
)
from blog.models import Audience, WordPressImport
from blog.pictures import clean_picture
from blog.wordpress.archives import list_media
from tests.wordpress_files import export_of, wxr

THREE = (("ada", "Ada Luna", "ada@blog.example"), ("bob", "Bob Ray", "bob@blog.example"))


def start(course, by, *items, media=None, **fields):
    """Upload a blog, with a zip of pictures if there is one."""
    export = export_of(wxr(*items, **fields), course)
    if media is None:
        return start_wordpress_import(course, by=by, export=export)
    paths, name = list_media(media), WordPressImport.write_media(media)
    return start_wordpress_import(course, by=by, export=export, media=name, media_paths=paths)


def key_of(course, person):
    return f"member-{course.memberships.get(user=person).pk}"


def do(wordpress_import, by, **answers):
    """Answer, import for the course to see, and finish."""
    answers.setdefault("audience", Audience.COURSE.value)
    named = {name.replace("_", "-"): str(value) for name, value in answers.items()}
    answer_wordpress_import(wordpress_import, by=by, answers=named)
    started = import_wordpress_posts(wordpress_import, by=by)
    return go_on(started, by)


def go_on(wordpress_import, by, *, seconds=600):
    return continue_wordpress_import(
        wordpress_import, by=by, seconds=seconds, clean_picture=clean_picture
    )


def bring(course, by, *items, media=None, file=None, **answers):
    started = start(course, by, *items, media=media, **(file or {}))
    answers.setdefault("author_0", "guest")
    return do(started, by, **answers)


def zip_of(*names):
    out, picture = BytesIO(), BytesIO()
    Image.new("RGB", (40, 30), "navy").save(picture, "PNG")
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            content = b"not a picture" if "broken" in name else picture.getvalue()
            archive.writestr(name, content)
    return ContentFile(out.getvalue(), "uploads.zip")
