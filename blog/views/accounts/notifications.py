"""News for a person: one finite list, of all their courses."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from blog.actions.notifications import see_notifications
from blog.queries.notifications import MAX_LISTED, notifications_of
from blog.web.keys import read_key


@require_safe
def notification_list(request):
    """List what is new, and what was new in the last 30 days. Showing it records nothing."""
    listed = notifications_of(request.user)
    return render(request, "blog/accounts/notification_list.html", {"listed": listed})


@require_POST
def notifications_seen(request):
    """Record that the reader has seen what their page showed as new."""
    sent = [read_key(value) for value in request.POST.getlist("seen")[:MAX_LISTED]]
    keys = [key for key in sent if key is not None]
    see_notifications(request.user, keys=keys, by=request.user)
    return redirect("notification_list")
