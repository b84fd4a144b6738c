"""A person's own profile, and the courses they are and were in."""

from copy import copy

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from blog.actions.accounts import save_profile
from blog.exceptions import Refused
from blog.forms.accounts.portrait import PortraitForm
from blog.forms.accounts.profile import ProfileForm
from blog.models.languages import offered
from blog.queries.memberships import current_memberships, ended_memberships
from blog.web.decorators import reload_if_stale
from blog.web.forms import status_of
from blog.web.languages import remember_language


@reload_if_stale
def profile_edit(request):
    # A copy, so that the masthead does not show a name that is refused.
    form = ProfileForm(request.POST or None, instance=copy(request.user))
    if form.is_valid():
        try:
            changed = form.save(commit=False)
            save_profile(changed, by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return _saved(request, changed.language)
    return show_profile(request, form=form)


def _saved(request, chosen: str):
    """Answer in the language just chosen, which the pages before signing in speak too."""
    language = offered(chosen)
    with translation.override(language or translation.get_language()):
        messages.success(request, _("Profile saved."))
    response = redirect("profile_edit")
    remember_language(response, language)
    return response


def show_profile(request, *, form: ProfileForm | None = None, portrait_form=None):
    """Render the profile; the form that was refused comes along, the other is as it was."""
    form = form or ProfileForm(instance=copy(request.user))
    portrait_form = portrait_form or PortraitForm()
    return render(
        request,
        "blog/accounts/profile_edit.html",
        {
            "form": form,
            "portrait_form": portrait_form,
            **current_memberships(request.user),
            "left": ended_memberships(request.user),
        },
        status=status_of(form, portrait_form),
    )
