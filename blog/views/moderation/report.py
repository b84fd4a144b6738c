"""Report a post or comment, and take a report back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog import access
from blog.actions.moderation import report, take_back_report
from blog.exceptions import Refused
from blog.forms.moderation.moderation import ReportForm
from blog.models import Report, post_of
from blog.queries.own_moderation import own_report
from blog.views.moderation.targets import visible_target
from blog.web.decorators import in_course
from blog.web.forms import status_of
from blog.web.idempotency import create_once
from blog.web.repeated_submissions import lead_on


@in_course
def report_new(request, course, target):
    """Ask for the reason and report it, or show the outcome of the reader's own report."""
    row = visible_target(request, course, target)
    if not access.can_report(request.user, row):
        raise PermissionDenied
    form = ReportForm(request.POST or None, course=course)

    def create() -> str:
        report(row, by=request.user, **form.content)
        return reverse("report_new", args=[course.slug, target])

    try:
        address = create_once(form, f"report_new {target}", by=request.user, create=create)
    except Refused as refused:
        return lead_on(request, str(refused), row)
    if address is not None:
        messages.success(request, _("Thank you. The teaching team decides what to do."))
        return redirect(address)
    own = own_report(row, request.user)
    is_open = own is not None and own.report.is_open
    context = {
        "form": form,
        "target": row,
        "post": post_of(row),
        "is_comment": row != post_of(row),
        "own": own,
        "can_report_again": own is None or not (is_open or row.is_hidden),
    }
    return render(request, "blog/moderation/report_new.html", context, status=status_of(form))


@in_course
@require_POST
def report_take_back(request, course, target):
    row = visible_target(request, course, target)
    own = (
        Report.objects.open()
        .by(request.user)
        .about(row)
        .select_related("case__post__course", "case__comment__post__course")
        .first()
    )
    if own is None:
        return lead_on(request, _("You have no open report about this."), row)
    take_back_report(own, by=request.user)
    messages.success(request, _("Report taken back."))
    return redirect(row)
