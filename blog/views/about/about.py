"""Pages that explain the site. They show no data, so everybody may read them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.tasks.erased_people import GRADES_NAMED_FOR
from blog.tasks.retention import KINDS
from blog.web.compression import same_for_visitors
from blog.web.university_login import university_name

# What is deleted after a period, in whose rows people are; the others are the site's own.
PERIODS_OF_PEOPLE = ("sent_mail", "notifications", "invitations", "audit_events")


@require_safe
@login_not_required
@same_for_visitors
def about(request: HttpRequest) -> HttpResponse:
    """Explain how the site works: posts, comments, ties, and what is left out on purpose."""
    return render(request, "blog/about/about.html")


@require_safe
@login_not_required
@same_for_visitors
def visibility(request: HttpRequest) -> HttpResponse:
    """Explain who can see what: each audience, feedback, networks, and the site's own staff."""
    return render(request, "blog/about/visibility.html")


@require_safe
@login_not_required
@same_for_visitors
def privacy(request: HttpRequest) -> HttpResponse:
    """Explain the stored data about people, for how long, who gets it, and their rights."""
    context = {
        "backups_kept_days": settings.BACKUPS_KEPT_DAYS,
        "grades_named_days": GRADES_NAMED_FOR.days,
        "periods": [kind for kind in KINDS if kind.name in PERIODS_OF_PEOPLE],
        "contact": settings.PRIVACY_CONTACT,
        "university": university_name(),
        "bucket": "bucket_name" in settings.STORAGES["default"].get("OPTIONS", {}),
        "sentry": bool(settings.SENTRY_DSN),
    }
    return render(request, "blog/about/privacy.html", context)


@require_safe
@login_not_required
@same_for_visitors
def help_page(request: HttpRequest) -> HttpResponse:
    """Answer what people ask first: signing in, mail, posts, comments, and whom to turn to."""
    return render(request, "blog/about/help_page.html")


@require_safe
@login_not_required
@same_for_visitors
def accessibility(request: HttpRequest) -> HttpResponse:
    """Explain what was checked for accessibility, and whom to tell about a barrier."""
    return render(request, "blog/about/accessibility.html")
