"""Figures for Prometheus, for whoever has the token; without METRICS_TOKEN there are none."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the figures; 404 to everybody who does not bring the token."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(sent, settings.METRICS_TOKEN):
        raise Http404
    # An extra, which is not loaded on sites that keep no figures.
    prometheus = import_module("blog.web.prometheus")
    return HttpResponse(prometheus.exposition(), content_type=prometheus.CONTENT_TYPE)
