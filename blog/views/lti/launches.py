"""The way from an LMS into this site: login, launch, and what a new person is asked."""

import logging

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import site
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.actions.launches import (
    ask_once,
    connect_account,
    enter_course,
    open_account,
    open_window,
)
from blog.exceptions import Refused
from blog.lookup import Unavailable
from blog.lookup.http_client import OffLimits
from blog.lti.claims import BadLaunch
from blog.lti.registration import canvas_configuration
from blog.models import (
    Launch,
    Platform,
    User,
    new_secret,
    public_keys,
    secret_digest,
)
from blog.queries.platform_accounts import usable_email
from blog.views.lti.courses import page_of
from blog.views.lti.links import show_prompts
from blog.views.lti.mails import name_platform_in_mails, tell_of_platform
from blog.views.lti.words import TOOL_WORDS, refused_words
from blog.web.launches import (
    HINTS,
    Storage,
    browser_of,
    browser_secret,
    comes_from_here,
    find_launch,
    is_of_this_browser,
    keep_browser,
    open_to_frames,
    pages_of,
    read_state,
    reason_without,
    receive,
    storage_target,
    way_to,
)
from blog.web.logs import told
from blog.web.rate_limits import MINUTE, enforce_rate_limit
from blog.web.reauthentication import ask_who_it_is, was_confirmed_lately

logger = logging.getLogger(__name__)

STARTS = 600  # a minute: a lecture hall may have one address
ANYWHERE = ["*"]  # pages on which nothing can be done


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def lti_login(request):
    """Send somebody back to their LMS, which says who they are (the first leg of a launch)."""
    enforce_rate_limit(request, "lti login", STARTS, per=MINUTE)
    sent = request.POST if request.method == "POST" else request.GET
    platforms = Platform.objects.of(sent.get("iss", ""), sent.get("client_id", ""))
    found = list(platforms.on()[:2])
    if len(found) != 1 or not sent.get("login_hint"):
        return _refuse(request, "off" if not found and platforms.exists() else "platform")
    secret = browser_secret(request)
    hints = {name: sent.get(name, "") for name in HINTS}
    if target := storage_target(request, sent.get("lti_storage_target", "")):
        response = _let_lms_keep(request, found[0], hints, browser=secret, target=target)
    else:
        response = HttpResponseRedirect(way_to(found[0], hints, browser=secret))
    keep_browser(response, secret)
    return response


@csrf_exempt
@login_not_required
@require_POST
def lti_launch(request):
    """Take the message of an LMS about somebody, once, and let them in."""
    enforce_rate_limit(request, "lti launch", STARTS, per=MINUTE)
    try:
        returned = read_state(request.POST.get("state", ""))
        browser = browser_of(request, returned)
        if not browser:
            return _ask_for_window(request, returned)
        received = receive(request, returned, request.POST.get("id_token", ""), browser=browser)
    except BadLaunch as refusal:
        return _refuse(request, refusal.reason)
    except Unavailable as error:
        logger.warning("The keys of an LMS cannot be read: %s", told(error))
        reason = "off limits" if isinstance(error, OffLimits) else "unavailable"
        return _refuse(request, reason, status=503)
    launch, linking = received.launch, received.launch.link_settings
    if linking is not None:
        response = show_prompts(request, launch, received.secret)
    elif received.is_framed:
        context = {"launch": launch, "secret": received.secret}
        response = render(request, "blog/lti/lti_frame.html", context)
    else:
        has_cookie = is_of_this_browser(request, launch.browser)
        return _let_in(request, launch, received.secret, has_cookie=has_cookie)
    around = (received.return_url, linking.return_url if linking else "")
    open_to_frames(response, pages_of(launch.platform, *around))
    return response


@csrf_exempt
@login_not_required
@require_POST
def lti_enter(request):
    """Continue in a new window, from the button in the frame of an LMS; once."""
    secret = request.POST.get("launch", "")
    launch = find_launch(secret)
    if launch is None or not comes_from_here(request):
        return _refuse(request, reason_without(secret))
    browser = browser_secret(request)
    try:
        open_window(launch, by=request.user, browser=secret_digest(browser))
    except BadLaunch as refusal:
        return _refuse(request, refusal.reason)
    response = _let_in(request, launch, secret, has_cookie=True)
    keep_browser(response, browser)
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def lti_who(request, token):
    """Ask somebody new whether they have an account; open one for others, once.

    The form of an LMS comes without our session, so nobody knows before whether they are signed in.
    To look at the page changes nothing: a browser loads it ahead, or again, by itself.
    """
    launch = find_launch(token)
    if launch is None or not is_of_this_browser(request, launch.browser):
        return _refuse(request, reason_without(token))
    if request.method != "POST":
        return _show_offer(request, launch, token)
    try:
        ask_once(launch, by=request.user)
    except BadLaunch as refusal:
        return _refuse(request, refusal.reason)
    return _enter(request, launch, token)


@require_http_methods(["GET", "HEAD", "POST"])
def lti_connect(request, token):
    """Ask whether the account that is signed in here is that of the person in the LMS.

    Who sits there is asked first, and told by mail afterwards: from then on it is a way in.
    """
    launch = find_launch(token)
    if launch is None or not is_of_this_browser(request, launch.browser):
        return _refuse(request, reason_without(token))
    if not was_confirmed_lately(request):
        return ask_who_it_is(request.get_full_path())
    if request.method != "POST":
        context = {"launch": launch, "token": token}
        return render(request, "blog/lti/lti_connect.html", context)
    try:
        is_new = connect_account(launch, by=request.user)
        if is_new:
            tell_of_platform(request, "connected", launch.platform.name)
        address = _destination(request, launch, request.user, token)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("home")
    messages.success(request, _("Your account is connected. Next time you are signed in at once."))
    return redirect(address)


@login_not_required
@require_safe
def lti_keys(request):
    """Show our public keys, by which an LMS knows what comes from here."""
    response = JsonResponse({"keys": public_keys()})
    response["Cache-Control"] = "public, max-age=600"
    return response


@login_not_required
@require_safe
def lti_canvas(request):
    """Show how this site is registered in Canvas, which reads it by its address."""
    return JsonResponse(
        canvas_configuration(settings.SITE_URL, title=site.site_title, description=TOOL_WORDS)
    )


def _let_in(request, launch: Launch, secret: str, *, has_cookie: bool):
    """Sign in whom the LMS has sent before; with others go on by an address of ours.

    That knows its browser by our cookie. Where the LMS has kept a secret in its place, it is here.
    """
    if launch.user is None and has_cookie:
        return redirect("lti_who", secret)
    return _enter(request, launch, secret)


def _show_offer(request, launch: Launch, token: str):
    """Show who is signed in here, or that nobody is, and how to go on from there."""
    context = {"launch": launch, "token": token}
    if request.user.is_authenticated and launch.user is None:
        return render(request, "blog/lti/lti_offer.html", context)
    if launch.asked_at is not None:
        return _refuse(request, "used")
    return render(request, "blog/lti/lti_welcome.html", context)


def _enter(request, launch: Launch, secret: str):
    """Sign in somebody whom an LMS has sent, and lead them on; or ask who they are here."""
    is_new = launch.user is None
    if is_new:
        try:
            person = open_account(launch, by=request.user)
        except Refused as refusal:
            return _refuse(request, "course", words=str(refusal))
        if launch.user is None:
            return _ask_who(request, launch, secret, person)
    try:
        address = _destination(request, launch, launch.user, secret)
    except Refused as refusal:
        return _refuse(request, "course", words=str(refusal))
    record_authentication(request, launch.user, method="lti")
    return perform_login(request, launch.user, redirect_url=address, signup=is_new)


def _ask_who(request, launch: Launch, secret: str, waiting: User | None):
    """Ask who somebody is here; they sign in, or open the link that goes to a new account's email.

    Where anybody can type an email in the LMS, the page is the same whether an account has it, and
    its owner gets another mail: which emails have accounts is not for strangers to know.
    """
    email, is_known = usable_email(launch), launch.platform.trusts_email
    name_platform_in_mails(request, launch.platform.name)
    if waiting is not None:
        address = reverse("lti_course", args=[secret])
        perform_login(request, waiting, redirect_url=address, signup=True)
    elif email and not is_known:
        prevent_enumeration(request, email=email)
    context = {"launch": launch, "token": secret, "email": email, "is_known": is_known}
    if not request.session.get("mail_failed"):
        list(messages.get_messages(request))
        context["messages"] = ()  # that a mail was sent is said by the page itself
    return render(request, "blog/lti/lti_who.html", context)


def _destination(request, launch: Launch, person: User, token: str) -> str:
    """Add somebody to their course, and return the page they came for. Raises Refused."""
    if not person.has_confirmed_email:
        return reverse("home")  # once they have opened the link in our mail they come again
    course = enter_course(launch, by=person)
    if course is None:
        return reverse("lti_course", args=[token])
    return page_of(request, course, launch, person)


def _let_lms_keep(request, platform: Platform, hints: dict[str, str], *, browser, target):
    """Show a page that lets the LMS keep a secret for us, and then goes on there by itself."""
    secret = new_secret()
    storage = Storage(target, secret_digest(secret))
    context = {
        "platform": platform,
        "address": way_to(platform, hints, browser=browser, storage=storage),
        "storage": storage,
        "secret": secret,
    }
    response = render(request, "blog/lti/lti_login.html", context)
    open_to_frames(response, ANYWHERE)
    return response


def _ask_for_window(request, returned):
    """Report that the browser blocks our cookie, and offer a window in which it does not.

    Where the LMS has kept a secret in its place, the page fetches it and sends the message again.
    """
    context = {
        "again": f"{reverse('lti_login')}?{returned.again}",
        "platform": returned.platform,
        "storage": returned.storage,
        "sent": {name: request.POST.get(name, "") for name in ("state", "id_token")},
    }
    response = render(request, "blog/lti/lti_window.html", context, status=403)
    open_to_frames(response, ANYWHERE)
    return response


def _refuse(request, reason: str, *, words: str = "", status: int = 403):
    """Report in plain words why a launch is refused."""
    context = {"words": words or refused_words(reason)}
    response = render(request, "blog/lti/lti_refused.html", context, status=status)
    open_to_frames(response, ANYWHERE)
    return response
