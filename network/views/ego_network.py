"""The page “My network” and the evidence of each tie, for its owner alone."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.web.decorators import in_course
from network.queries.ego_network import load_ego_network
from network.queries.ego_weeks import tie_in_week
from network.queries.tie_evidence import explain_ties, load_tie_evidence
from network.ties import clock_of, explain


@in_course
@require_safe
def ego_network(request, course):
    """Show the reader's network now, or with ``week`` as it was at the end of that week."""
    wanted = {name: request.GET.get(name) for name in ("week", "page")}
    context = load_ego_network(request.user, course, **wanted)
    return render(request, "network/ego_network.html", context)


@in_course
@require_safe
def tie_page(request, course, username):
    """Show what the reader's tie to somebody comes from, and what would change it.

    With ``part=why`` it is the short list that a line of “My network” opens.
    """
    if request.GET.get("part") == "why":
        return _why(request, course, username)
    evidence = load_tie_evidence(request.user, course, username, request.GET.get("page"))
    if evidence is None:
        raise Http404
    context = {"evidence": evidence, "tie": evidence.tie, "explanation": explain(clock_of(course))}
    return render(request, "network/tie_page.html", context)


def _why(request, course, username):
    tie, as_of = tie_in_week(request.user, course, username, request.GET.get("week"))
    if tie is None:
        raise Http404
    [row] = explain_ties(request.user, course, [tie], as_of)
    return render(request, "network/_evidence.html", {"row": row})
