"""Settings of networks: one's own suggestions and muted people, and how fast ties fade."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of
from network import actions
from network.forms.choices import HalfLifeForm, NetworkChoicesForm
from network.models import NetworkChoices
from network.queries.clock_preview import preview_half_lives
from network.queries.suggestion_choices import people_muted, suggestion_choices
from network.ties import clock_of, explain
from network.views.people import person_of


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def network_choices(request, course):
    """Choose what is suggested, and see whom one has muted."""
    chosen = suggestion_choices(request.user, course)
    stored = NetworkChoices(
        wants_suggestions=chosen.wants_suggestions, may_be_suggested=chosen.may_be_suggested
    )
    form = NetworkChoicesForm(instance=stored)
    if request.method == "POST":
        if not access.can_keep_network(request.user, course):
            raise PermissionDenied
        form = NetworkChoicesForm(request.POST, instance=stored)
        if form.is_valid():
            actions.save_choices(course, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("network_choices", course.slug)
    context = {
        "form": form,
        "muted": people_muted(chosen),
        "explanation": explain(clock_of(course)),
    }
    return render(request, "network/network_choices.html", context, status=status_of(form))


@in_course
@require_POST
def mute(request, course, username):
    """Mute a person; they are not told."""
    person = person_of(course, username)
    if not access.can_follow(request.user, person, course):
        raise PermissionDenied
    actions.mute(course, by=request.user, person=person)
    messages.success(request, _("Muted. Their comments are folded for you. They are not told."))
    return redirect("person_page", course.slug, person.username)


@in_course
@require_POST
def unmute(request, course, username):
    """Unmute a person, also one who has left the course."""
    person = person_of(course, username)
    if not access.can_keep_network(request.user, course):
        raise PermissionDenied
    actions.unmute(course, by=request.user, person=person)
    messages.success(request, _("No longer muted."))
    return redirect("network_choices", course.slug)


@in_course
@instructors_only
@require_http_methods(["GET", "HEAD", "POST"])
def clock_edit(request, course):
    """Change how fast ties fade, with what that changes for the class as a whole."""
    clock = clock_of(course)
    form = HalfLifeForm(request.POST or None, initial={"half_life": clock.half_life})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["half_life"] == clock.half_life:
            messages.info(request, _("Nothing has changed."))
        else:
            actions.change_clock(course, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. All ties of the course are recalculated."))
        return redirect("clock_edit", course.slug)
    context = {
        "form": form,
        "previews": preview_half_lives(course),
        "explanation": explain(clock),
    }
    return render(request, "network/clock_edit.html", context, status=status_of(form))
