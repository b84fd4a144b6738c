"""Pages that explain the place. They hold no data, so everybody may read them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    """How this place works: posts, replies, ties, and what is left out on purpose."""
    return render(request, "blog/about/about.html")


@require_safe
@login_not_required
def visibility(request: HttpRequest) -> HttpResponse:
    """Who can see what: each audience, feedback, networks, and the site's own staff."""
    return render(request, "blog/about/visibility.html")


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was checked for accessibility, and whom to tell when something bars the way."""
    return render(request, "blog/about/accessibility.html")
