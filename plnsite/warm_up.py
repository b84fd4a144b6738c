"""Load what pages need before the first one is asked for."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver


def warm_up() -> None:
    """Import all addresses with their views, and compile our templates and those of forms.

    A worker does this before it answers anything, its health check included: else somebody's first
    page would wait for it, and at each start of a server several people's would.
    """
    _import_views(get_resolver().url_patterns)
    of_forms = Path(apps.get_app_config("crispy_bootstrap5").path)
    for folder in (settings.BASE_DIR / "templates", of_forms / "templates"):
        for file in sorted(folder.rglob("*.html")):
            get_template(str(file.relative_to(folder)))


def _import_views(patterns: list) -> None:
    for pattern in patterns:
        _import_views(getattr(pattern, "url_patterns", []))
