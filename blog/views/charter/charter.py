"""The charter of a course, and how it begins."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog import access
from blog.actions.charter import start_charter
from blog.exceptions import Taken
from blog.forms.charter.norm import StartForm
from blog.queries.charter import charter_page
from blog.web.decorators import in_course
from blog.web.forms import status_of
from blog.web.idempotency import create_once


@in_course
@require_safe
def charter(request, course):
    """Show the norms, what is proposed, and how the charter came to be."""
    return render(request, "blog/charter/charter.html", charter_page(request.user, course))


@in_course
def charter_start(request, course):
    """Offer the norms of a template, and begin the charter with those that are chosen."""
    if not access.can_decide_on_norms(request.user, course):
        raise PermissionDenied
    form = StartForm(request.POST or None)

    def create() -> str:
        try:
            start_charter(course, form.chosen, by=request.user, why=_("From the template."))
        except Taken as taken:  # begun in another tab meanwhile
            raise Taken(str(taken), field="norms") from taken
        return reverse("charter", args=[course.slug])

    address = create_once(form, f"charter_start {course.pk}", by=request.user, create=create)
    if address is not None:
        messages.success(request, _("The charter has its first norms."))
        return redirect(address)
    return render(
        request, "blog/charter/charter_start.html", {"form": form}, status=status_of(form)
    )
