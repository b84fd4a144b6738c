"""Imports from WordPress."""

from django.utils import timezone

from blog.models import WordPressImport
from blog.wordpress import read_export
from tests.wordpress_files import item, wxr


def make_wordpress_import(course, created_by, data=None, **fields):
    """Make an import that nobody has started; of one post by a guest if nothing else is said."""
    export = read_export(data or wxr(item()), zone=course.zone, now=timezone.now())
    fields.setdefault("answers", {"author-0": "guest"})
    fields.setdefault("name", export.title)
    return WordPressImport.objects.create(
        course=course, created_by=created_by, data=export.pack(), **fields
    )
