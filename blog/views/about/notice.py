"""The collection notice, and accepting it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog.actions.accounts import accept_notice
from blog.exceptions import Refused
from blog.models import notice_version
from blog.web.notice import lacks_notice, page_after


@require_safe
@login_not_required
def notice(request: HttpRequest) -> HttpResponse:
    """Show the notice to everybody, and whoever has not accepted it yet how to."""
    asks = request.user.is_authenticated and lacks_notice(request.user)
    context = {
        "asks": asks,
        "asks_again": asks and bool(request.user.notice_version),
        "version": notice_version(),
        "next": page_after(request, request.GET.get("next", "")),
        "contact": settings.PRIVACY_CONTACT,
        "authority": settings.PRIVACY_AUTHORITY,
    }
    return render(request, "blog/about/notice.html", context)


@require_POST
def notice_accept(request: HttpRequest) -> HttpResponse:
    """Accept the notice, and go on to where one was going."""
    try:
        accept_notice(request.user, request.POST.get("notice", ""), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("notice")
    messages.success(request, _("Thank you. You can read the notice again under Privacy."))
    return redirect(page_after(request, request.POST.get("next", "")))
