"""Load what pages need before the first one is asked for."""

import gc

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver

# The frame of all pages, and the areas that people open first: all of them would take a second.
OPENED_FIRST = (
    *("*.html", "account/*.html", "allauth/layouts/*.html"),
    *("blog/courses/*.html", "blog/comments/*.html", "blog/editor/*.html", "blog/posts/*.html"),
)
FORM_PARTS = (
    *("uni_form", "field", "errors", "layout/field_errors_block"),
    *("layout/help_text", "layout/help_text_and_errors"),
)


def warm_up() -> None:
    """Import all addresses with their views, and compile the templates that are needed first.

    A server does this before it answers anything, its health check included: else somebody's first
    page would wait for it, and at each start of a server several people's would. With ``--preload``
    workers share what is loaded here, and the garbage collector leaves its pages alone.
    """
    _import_views(get_resolver().url_patterns)
    folder = settings.BASE_DIR / "templates"
    for file in sorted(file for pattern in OPENED_FIRST for file in folder.glob(pattern)):
        get_template(str(file.relative_to(folder)))
    for part in FORM_PARTS:
        get_template(f"bootstrap5/{part}.html")
    gc.collect()
    gc.freeze()


def _import_views(patterns: list) -> None:
    for pattern in patterns:
        _import_views(getattr(pattern, "url_patterns", []))
