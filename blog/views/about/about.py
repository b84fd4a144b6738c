"""Pages that explain the site. They show no data, so everybody may read them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.web.compression import same_for_visitors


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
def accessibility(request: HttpRequest) -> HttpResponse:
    """Explain what was checked for accessibility, and whom to tell about a barrier."""
    return render(request, "blog/about/accessibility.html")
