"""The LMSs from which somebody comes in to their account."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.actions.launches import disconnect_account
from blog.queries.platform_accounts import own_accounts
from blog.views.lti.mails import tell_of_platform


def own_platforms(request):
    """List the accounts in LMSs that lead to this one."""
    context = {"accounts": own_accounts(request.user)}
    return render(request, "blog/lti/own_platforms.html", context)


@require_POST
def own_platform_disconnect(request, pk):
    account = get_object_or_404(request.user.platform_accounts, pk=pk)
    names = {own.account.pk: own.name for own in own_accounts(request.user)}
    disconnect_account(account, by=request.user)
    tell_of_platform(request, "disconnected", names[pk])
    messages.success(request, _("Disconnected. The next time you come from there you are asked."))
    return redirect("own_platforms")
