"""One's own calendar and feeds: the secret address of both, how to add it, another one or none.

The addresses of feeds open what people wrote, also when whoever sits here has long signed out: they
are made for, and shown to, somebody who has just shown who they are. That of the calendar opens
dates and what prompts ask for, and nobody is asked for it.
"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blog.actions.feed_addresses import (
    create_feed_address,
    remove_feed_address,
    renew_feed_address,
)
from blog.models import FeedAddress
from blog.views.feeds.entries import course_feed_path
from blog.web.reauthentication import ask_who_it_is, question_before, was_confirmed_lately


@require_safe
def calendar_page(request):
    """Show the address of one's calendar, if there is one, with how to add it."""
    address = FeedAddress.objects.filter(user=request.user).first()
    path = reverse("calendar_feed", args=[address.token]) if address else ""
    context = {
        "address": request.build_absolute_uri(path) if address else "",
        "app_address": f"webcal://{request.get_host()}{path}" if address else "",
    }
    return render(request, "blog/feeds/calendar_page.html", context)


@require_safe
def feed_page(request):
    """Show the addresses of the feeds of one's courses, if there is a secret address for them."""
    address = FeedAddress.objects.filter(user=request.user).first()
    token = address.posts_token if address else ""
    is_shown = bool(token) and was_confirmed_lately(request)
    courses = [member.course for member in request.user.memberships_now]
    context = {
        "has_address": bool(token),
        "is_shown": is_shown,
        "question": question_before(reverse("feed_page")),
        "feeds": [
            (course, request.build_absolute_uri(course_feed_path(course, token)))
            for course in courses
            if is_shown and not course.is_over
        ],
    }
    return render(request, "blog/feeds/feed_page.html", context)


@require_POST
def feed_address_new(request):
    """Create one's address; a second click shows the one of the first."""
    page = _page_of(request)
    with_posts = page == "feed_page"
    if with_posts and not was_confirmed_lately(request):
        return ask_who_it_is(reverse(page))
    create_feed_address(request.user, by=request.user, with_posts=with_posts)
    return redirect(page)


def feed_address_renew(request):
    """Ask, then replace one's address: what reads the old one stops being updated."""
    address = get_object_or_404(FeedAddress, user=request.user)
    if request.method != "POST":
        context = {"back": reverse(_page_of(request))}
        return render(request, "blog/feeds/feed_address_renew.html", context)
    renew_feed_address(address, by=request.user)
    messages.success(
        request, _("You have a new secret address. The old one does not work any more.")
    )
    return redirect(_page_of(request))


def feed_address_remove(request):
    """Ask, then remove one's address; a second click is answered as the first one."""
    if request.method != "POST":
        get_object_or_404(FeedAddress, user=request.user)
        context = {"back": reverse(_page_of(request))}
        return render(request, "blog/feeds/feed_address_remove.html", context)
    address = FeedAddress.objects.filter(user=request.user).first()
    if address is not None:
        remove_feed_address(address, by=request.user)
    messages.success(request, _("Your secret address is removed. It does not work any more."))
    return redirect(_page_of(request))


def _page_of(request) -> str:
    """Return the name of the page that a button was on: both pages show one address."""
    return "feed_page" if request.GET.get("from") == "feeds" else "calendar_page"
