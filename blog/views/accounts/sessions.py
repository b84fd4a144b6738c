"""The list of a person's sessions, and signing out elsewhere."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.actions.accounts import end_sessions
from blog.queries.sessions import open_sessions


def session_list(request):
    sessions = open_sessions(request.user, request.session.session_key)
    return render(request, "blog/accounts/session_list.html", {"sessions": sessions})


@require_POST
def session_end(request, pk):
    session = get_object_or_404(request.user.usersession_set, pk=pk)
    end_sessions(request.user, [session], by=request.user)
    messages.success(request, _("You are signed out there."))
    return redirect("session_list")


@require_POST
def sessions_end_others(request):
    others = request.user.usersession_set.exclude(session_key=request.session.session_key)
    end_sessions(request.user, list(others), by=request.user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("session_list")
