"""A person's choices of mail: the form, and the links in mail that stop one kind of it."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from blog.actions.mail_choices import resume_mail, save_mail_choices, stop_mail
from blog.forms.accounts.mail_choices import MailChoicesForm
from blog.models import choices_of, read_unsubscribe_token
from blog.web.forms import status_of
from blog.web.languages import speak_to_person


def mail_choices_edit(request):
    form = MailChoicesForm(request.POST or None, instance=copy(choices_of(request.user)))
    if form.is_valid():
        save_mail_choices(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved. This is what we send you from now on."))
        return redirect("mail_choices_edit")
    return render(
        request, "blog/accounts/mail_choices_edit.html", {"form": form}, status=status_of(form)
    )


@login_not_required
@csrf_exempt  # the program that sends the click for a reader has no page of ours (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """Ask whether to stop a kind of mail; a POST stops it, from our page or from a mail program.

    A POST with ``undo`` takes that back. Programs open links to look at them, so a GET changes
    nothing. The answer to the POST is no redirect: a mail program follows none.
    """
    found = read_unsubscribe_token(token)
    if found is None:
        return render(request, "blog/accounts/unsubscribe_unknown.html", status=404)
    person, kind = found
    speak_to_person(request, person)
    if "undo" in request.POST:
        resume_mail(person, kind, by=person)
        messages.success(request, _("You get these emails again, as before."))
    elif request.method == "POST":
        stop_mail(person, kind, by=person)
    response = render(
        request,
        "blog/accounts/unsubscribe.html",
        {"kind": kind, "is_stopped": not choices_of(person).wants(kind)},
    )
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
