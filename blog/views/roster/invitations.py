"""Invitations: their page for those invited, and sending and withdrawing them."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog import access
from blog.actions import invitations as actions
from blog.exceptions import Refused
from blog.forms.roster.invitation import InvitationForm
from blog.models import Invitation
from blog.text.lists import isolated
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of
from blog.web.keys import read_key
from blog.web.pending_join import CONFIRMED_EMAIL, INVITED_EMAIL, limit_wrong_codes
from blog.web.rate_limits import HOUR, enforce_rate_limit
from blog.web.reauthentication import (
    ask_before_saving,
    ask_who_it_is,
    fill_from_before,
    was_confirmed_lately,
)

SENDINGS = 100  # an hour


@login_not_required
def invitation_page(request, token):
    """Show the course of an invitation, and join it on a POST.

    A visitor signs in first, or creates an account for the email that the invitation came to.
    """
    invitation = _find(request, token)
    if invitation is None:
        accepted = _accepted(request, token)  # by a first click of theirs
        if accepted is not None:
            return redirect(accepted.course)
        return render(request, "blog/roster/invitation_gone.html", status=404)
    if not request.user.is_authenticated:
        return render(request, "blog/roster/invitation_page.html", {"invitation": invitation})
    if request.method == "POST":
        try:
            membership = actions.accept_invitation(invitation, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("home")
        course = membership.course
        messages.success(request, _("Welcome to %(course)s.") % {"course": isolated(course.title)})
        return redirect(course)
    context = {
        "invitation": invitation,
        "can_accept": access.can_accept_invitation(request.user, invitation),
    }
    return render(request, "blog/roster/invitation_page.html", context)


@login_not_required
@require_POST
def invitation_sign_up(request, token):
    """Redirect to a new account for the email that the link came to.

    A student's email is confirmed by the link. A link into the teaching team may have been
    forwarded, and so its email is confirmed as any other: by a mail to it after the sign-up.
    """
    invitation = _find(request, token)
    if invitation is None:
        return render(request, "blog/roster/invitation_gone.html", status=404)
    if invitation.teaches:
        request.session.pop(CONFIRMED_EMAIL, None)
    else:
        get_adapter(request).stash_verified_email(request, invitation.email)
    request.session[INVITED_EMAIL] = invitation.email
    page = urlencode({"next": invitation.path, "email": invitation.email})
    return HttpResponseRedirect(f"{reverse('account_signup')}?{page}")


def _find(request, token: str) -> Invitation | None:
    """Return the invitation of a link that works, or None; guessing links is limited."""
    invitation = Invitation.objects.of_token(token).select_related("course").first()
    if invitation is None:
        limit_wrong_codes(request)
        return None
    return invitation if invitation.is_open and not invitation.is_expired else None


def _accepted(request, token: str) -> Invitation | None:
    """Return the invitation that this person has accepted and accepts once more."""
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    found = Invitation.objects.of_token(token).filter(membership__user=request.user)
    return found.select_related("course").first()


@in_course
@instructors_only
def invitation_edit(request, course, pk):
    """Correct the email or the name of somebody who has not joined yet."""
    invitation = get_object_or_404(Invitation.objects.in_course(course).open(), pk=pk)
    form = InvitationForm(request.POST or None, invitation=invitation)
    if form.is_valid():
        is_to_another = form.cleaned_data["email"].casefold() != invitation.email.casefold()
        is_needed = invitation.teaches and is_to_another
        if question := ask_before_saving(request, is_needed=is_needed):
            return question
        enforce_rate_limit(request, "invitation send", SENDINGS, per=HOUR)
        try:
            is_sent = actions.change_invitation(invitation, by=request.user, **form.content())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            changed = _("%(name)s gets a new invitation. The old link no longer works.")
            saved = _("Invitation for %(name)s changed.")
            name = form.cleaned_data["name"] or form.cleaned_data["email"]
            messages.success(
                request, (changed if is_sent else saved) % {"name": isolated(str(name))}
            )
            return redirect("roster", course.slug)
    is_unsaved = fill_from_before(form, request)
    context = {"form": form, "invitation": invitation, "is_unsaved": is_unsaved}
    return render(request, "blog/roster/invitation_edit.html", context, status=status_of(form))


@in_course
@require_POST
@instructors_only
def invitation_send(request, course, pk):
    """Send an invitation again, with a new link; a second click is answered as the first one."""
    invitation = get_object_or_404(Invitation.objects.in_course(course), pk=pk)
    if invitation.teaches and not was_confirmed_lately(request):
        return ask_who_it_is(reverse("roster", args=[course.slug]))
    enforce_rate_limit(request, "invitation send", SENDINGS, per=HOUR)
    try:
        seen = read_key(request.POST.get("sendings"))
        actions.send_invitation_again(invitation, by=request.user, seen=seen)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        sent = _("%(name)s gets a new invitation. The old link no longer works.")
        messages.success(request, sent % {"name": isolated(str(invitation))})
    return redirect("roster", course.slug)


@in_course
@require_POST
@instructors_only
def invitation_withdraw(request, course, pk):
    """Withdraw an invitation; its link stops working."""
    invitation = get_object_or_404(Invitation.objects.in_course(course), pk=pk)
    actions.withdraw_invitation(invitation, by=request.user)
    messages.success(
        request, _("%(name)s is no longer invited.") % {"name": isolated(str(invitation))}
    )
    return redirect("roster", course.slug)
