"""The web app manifest, with which phones put the site on their home screen (ADR 0077)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from blog.styles import colours

# The drawing alone, and the drawing on a ground that phones cut to a circle or another shape.
ICONS = [
    ("img/favicon.svg", "any", "any"),
    ("img/icon-192.png", "192x192", "any"),
    ("img/icon-512.png", "512x512", "any"),
    ("img/icon-maskable-192.png", "192x192", "maskable"),
    ("img/icon-maskable-512.png", "512x512", "maskable"),
]
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@login_not_required
@require_safe
@cache_control(public=True, max_age=24 * 3600)
def manifest(request: HttpRequest, language: str) -> JsonResponse:
    """Describe the site in one of its languages, the same to everybody: a browser sends no cookie.

    A site has one identity, so who changes the language has one icon still.
    """
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        fields = describe_site(language)
    return JsonResponse(
        fields,
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


def describe_site(language: str) -> dict:
    """Return the manifest's fields, with words in the language that is active."""
    home = reverse("home")
    paper = colours("paper")["light"]
    return {
        "id": home,
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "description": _("Write, read and learn with your course."),
        "lang": language,
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": paper,
        "theme_color": paper,
        "icons": [
            {"src": static(path), "sizes": sizes, "type": TYPES[path[-3:]], "purpose": purpose}
            for path, sizes, purpose in ICONS
        ],
        "shortcuts": [
            {"name": _("My work"), "url": reverse("my_work")},
            {"name": _("Notifications"), "url": reverse("notification_list")},
        ],
    }
