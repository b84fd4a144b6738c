"""Imports from WordPress."""

from blog.models import WordPressImport
from tests.wordpress_files import export_of, item, wxr


def make_wordpress_import(course, created_by, data=None, **fields):
    """Make an import that nobody has started; of one post by a guest if nothing else is said."""
    export = export_of(data or wxr(item()), course)
    fields.setdefault("answers", {"author-0": "guest"})
    fields.setdefault("name", export.title)
    return WordPressImport.objects.create(
        course=course, created_by=created_by, data=export.pack(), **fields
    )
