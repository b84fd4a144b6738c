"""Everything of mine: ask for it, see how far it is, download it."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from blog.actions.takeouts import ask_for_takeout, delete_takeout
from blog.forms.accounts.takeout import TakeoutForm
from blog.models import Takeout
from blog.web.forms import status_of
from blog.web.rate_limits import HOUR, enforce_rate_limit
from blog.web.reauthentication import confirmed_lately

FILES = 20  # an hour
DELETED = {
    Takeout.State.WAITING: gettext_lazy("Cancelled. No file is prepared."),
    Takeout.State.READY: gettext_lazy("File deleted."),
    Takeout.State.FAILED: gettext_lazy("Removed from this list."),
}


@require_safe
def takeout_list(request):
    """Show what can be asked for, what is being prepared, and what can be downloaded."""
    return _page(request, _form(request))


@require_POST
def takeout_new(request):
    """Ask for a file; one that is being prepared already is the one."""
    enforce_rate_limit(request, "takeout", FILES, per=HOUR)
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form)
    ask_for_takeout(request.user, course=form.cleaned_data["course"], by=request.user)
    messages.success(request, _("We are preparing your file. You get an email when it is ready."))
    return redirect("takeout_list")


@require_safe
@confirmed_lately(lambda pk: reverse("takeout_list"))
def takeout_file(request, pk):
    """Send a file to the person it is of, and to nobody else."""
    takeout = get_object_or_404(Takeout.objects.of(request.user).ready(), pk=pk)
    try:
        file = takeout.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    of_course = f"-{takeout.course.slug}" if takeout.course else ""
    name = f"everything-of-mine{of_course}-{takeout.finished_at:%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@require_POST
def takeout_delete(request, pk):
    """Delete a file before its time, or stop preparing it."""
    takeout = get_object_or_404(Takeout.objects.of(request.user), pk=pk)
    ended = delete_takeout(takeout, by=request.user)
    messages.success(request, DELETED[Takeout.State(ended.state)])
    return redirect("takeout_list")


def _form(request, data=None) -> TakeoutForm:
    memberships = request.user.memberships.only("course")
    initial = {"course": request.GET.get("course")}
    return TakeoutForm(data, memberships=memberships, initial=initial)


def _page(request, form: TakeoutForm):
    takeouts = Takeout.objects.of(request.user).select_related("course")
    context = {"form": form, "takeouts": takeouts}
    return render(request, "blog/accounts/takeout_list.html", context, status=status_of(form))
