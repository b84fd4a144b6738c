"""Registrations of this site at LMSs, for site staff; and an LMS that registers itself."""

import json
import logging
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import site
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from blog import lms_access
from blog.actions.platforms import (
    Registered,
    create_registration_link,
    register_platform,
    renew_tool_key,
    save_platform,
)
from blog.exceptions import Refused
from blog.forms.lti.platforms import NewPlatformForm, PlatformForm
from blog.lookup import Unavailable
from blog.lookup.http_client import OffLimits, get_json, origin_of, send
from blog.lti.registration import (
    CANVAS_ADDRESSES,
    BadRegistration,
    read_answer,
    read_configuration,
    tool_addresses,
    tool_registration,
)
from blog.lti.services import is_service_address
from blog.models import Platform, RegistrationLink, ToolKey, secret_digest, version_of
from blog.models.platforms import LINK_DAYS
from blog.views.lti.words import OFF_LIMITS, TOOL_WORDS
from blog.web.decorators import reload_if_stale
from blog.web.forms import status_of
from blog.web.idempotency import create_once
from blog.web.launches import comes_from_here, open_to_frames
from blog.web.logs import told
from blog.web.rate_limits import HOUR, enforce_rate_limit
from blog.web.reauthentication import (
    ask_before_saving,
    ask_who_it_is,
    fill_from_before,
    was_confirmed_lately,
)

logger = logging.getLogger(__name__)

REGISTRATIONS = 30  # an hour
MAX_TOKEN_CHARS = 10_000


def platform_list(request):
    """List the LMSs that people can come from, and what to paste into a new one."""
    _require_staff(request)
    context = {
        "platforms": Platform.objects.order_by("name", "pk"),
        "keys": ToolKey.objects.shown(),
        **_pasted(),
    }
    return render(request, "blog/lti/platform_list.html", context)


def platform_new(request):
    _require_staff(request)
    form = NewPlatformForm(request.POST or None)

    def create() -> str:
        save_platform(form.save(commit=False), form.cleaned_data["deployments"], by=request.user)
        return reverse("platform_list")

    if form.is_valid() and (question := ask_before_saving(request)):
        return question
    try:
        address = create_once(form, "platform_new", by=request.user, create=create)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        address = None
    if address is not None:
        messages.success(request, _("Added. Open the link in the LMS now, as an instructor."))
        return redirect(address)
    context = {"form": form, "is_unsaved": fill_from_before(form, request), **_pasted()}
    return render(request, "blog/lti/platform_new.html", context, status=status_of(form))


@reload_if_stale
def platform_edit(request, pk):
    _require_staff(request)
    platform = get_object_or_404(Platform, pk=pk)
    name = platform.name
    form = PlatformForm(request.POST or None, instance=platform, row_version=version_of(platform))
    if form.is_valid():
        if question := ask_before_saving(request):
            return question
        try:
            save_platform(
                form.save(commit=False), form.cleaned_data["deployments"], by=request.user
            )
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("platform_list")
    is_unsaved = fill_from_before(form, request)
    context = {"form": form, "name": name, "is_unsaved": is_unsaved, **_pasted()}
    return render(request, "blog/lti/platform_edit.html", context, status=status_of(form))


@require_POST
def registration_link_create(request):
    """Make a link with which an LMS registers itself, and show it this once: we keep a digest."""
    _require_staff(request)
    if not was_confirmed_lately(request):
        return ask_who_it_is(reverse("platform_list"))
    link, secret = create_registration_link(by=request.user)
    address = settings.SITE_URL + reverse("lti_register", args=[secret])
    context = {"address": address, "until": link.created_at + timedelta(days=LINK_DAYS)}
    return render(request, "blog/lti/registration_link.html", context)


@require_POST
def tool_key_renew(request):
    _require_staff(request)
    renew_tool_key(by=request.user)
    messages.success(request, _("A new key is shown to LMSs. It is used from tomorrow on."))
    return redirect("platform_list")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def lti_register(request, token):
    """Register this site at an LMS that opens our link: a page with a button, then its answer."""
    link = RegistrationLink.objects.usable().filter(token=secret_digest(token)).first()
    if link is None:
        raise Http404
    url = request.GET.get("openid_configuration", "")
    context = {
        "token": token,
        "host": origin_of(url),
        "name": urlsplit(url).netloc if origin_of(url) else "",
        "error": "",
        "is_done": False,
    }
    if request.method == "POST" and comes_from_here(request):
        enforce_rate_limit(request, "lti register", REGISTRATIONS, per=HOUR)
        try:
            register_platform(link, partial(_ask_to_register, request, url), by=request.user)
        except OffLimits as error:
            logger.warning("An LMS that registers this site cannot be asked: %s", told(error))
            context["error"] = str(OFF_LIMITS)
        except (BadRegistration, Unavailable) as error:
            logger.warning("An LMS could not register this site: %s", told(error))
            context["error"] = _(
                "The LMS did not respond as the standard requires. Register it by hand instead."
            )
        except Refused as refusal:
            context["error"] = str(refusal)
        else:
            context["is_done"] = True
    status = 422 if context["error"] else 200
    response = render(request, "blog/lti/lti_register.html", context, status=status)
    open_to_frames(response, [context["host"]] if context["host"] else ["'none'"])
    return response


def _ask_to_register(request, url: str) -> Registered:
    """Let an LMS register this site."""
    token = request.GET.get("registration_token", "")[:MAX_TOKEN_CHARS]
    if not is_service_address(url, site=settings.SITE_URL) or not token.isprintable():
        raise BadRegistration("address")
    addresses, kind = read_configuration(get_json(url, accept="application/json").document, url)
    ours = tool_registration(
        settings.SITE_URL, title=str(site.site_title), description=str(TOOL_WORDS)
    )
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    if not is_service_address(addresses["registration_url"], site=settings.SITE_URL):
        raise BadRegistration("address")
    answer = send(addresses["registration_url"], json.dumps(ours).encode(), headers=headers)
    registration, deployment = read_answer(answer.document, addresses)
    return Registered(registration, kind, deployment)


def _pasted() -> dict[str, object]:
    """Return the values to paste into an LMS, and those of Canvas to paste here."""
    canvas = settings.SITE_URL + reverse("lti_canvas")
    ours = tool_addresses(settings.SITE_URL)
    return {"ours": ours, "canvas": canvas, "of_canvas": CANVAS_ADDRESSES}


def _require_staff(request) -> None:
    if not lms_access.can_keep_platforms(request.user):
        raise PermissionDenied
