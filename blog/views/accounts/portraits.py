"""One's own portrait, and the files of portraits for those who see the people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog.actions.portraits import change_portrait, remove_portrait, write_portrait
from blog.exceptions import Refused
from blog.forms.accounts.portrait import PortraitForm
from blog.models import User
from blog.models.people import portrait_path_of
from blog.pictures import clean_portrait
from blog.views.accounts.profile import show_profile
from blog.web.downloads import as_picture
from blog.web.rate_limits import MINUTE, enforce_rate_limit

UPLOADS = 20  # a minute; each may cost a second of decoding


@require_POST
def portrait_change(request):
    """Show the uploaded picture as the person's face; a refused file says why at its field."""
    enforce_rate_limit(request, "picture", UPLOADS, per=MINUTE)
    form = PortraitForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            square = clean_portrait(form.cleaned_data["picture"].read())
        except Refused as refusal:
            form.add_error("picture", str(refusal))
    if form.errors:
        return show_profile(request, portrait_form=form)
    _replace_portrait(request.user, square)
    messages.success(request, _("Portrait saved."))
    return redirect("profile_edit")


def _replace_portrait(person: User, square: bytes) -> None:
    """Write the file of a portrait, then its row; without the row the file is deleted."""
    name = write_portrait(person, square, by=person)
    try:
        change_portrait(person, name, by=person)
    except BaseException:
        User.delete_portrait_file(name)
        raise


@require_POST
def portrait_remove(request):
    """Remove the person's portrait."""
    remove_portrait(request.user, by=request.user)
    messages.success(request, _("Portrait removed. Your initials are shown instead."))
    return redirect("profile_edit")


@login_not_required
@require_safe
def portrait_file(request, token):
    """Send a portrait to those who see the person's name; for all others answer 404."""
    people = User.objects.with_portrait_visible_to(request.user)
    person = get_object_or_404(people, portrait=portrait_path_of(token))
    return as_picture(request, person.portrait, token)
