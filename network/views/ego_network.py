"""The page “My network”, for its owner alone."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.web.decorators import in_course
from network.queries.ego_network import load_ego_network
from network.ties import clock_of, explain


@in_course
@require_safe
def ego_network(request, course):
    context = load_ego_network(request.user, course) | {"explanation": explain(clock_of(course))}
    return render(request, "network/ego_network.html", context)
