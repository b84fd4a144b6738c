"""One's own calendar: its secret address, how to add it, and how to get another one or none."""

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


@require_POST
def feed_address_new(request):
    """Create one's address; a second click shows the one of the first."""
    create_feed_address(request.user, by=request.user)
    return redirect("calendar_page")


def feed_address_renew(request):
    """Ask, then replace one's address: what reads the old one stops being updated."""
    address = get_object_or_404(FeedAddress, user=request.user)
    if request.method != "POST":
        return render(request, "blog/feeds/feed_address_renew.html")
    renew_feed_address(address, by=request.user)
    messages.success(
        request, _("You have a new calendar address. The old one does not work any more.")
    )
    return redirect("calendar_page")


def feed_address_remove(request):
    """Ask, then remove one's address; a second click is answered as the first one."""
    if request.method != "POST":
        get_object_or_404(FeedAddress, user=request.user)
        return render(request, "blog/feeds/feed_address_remove.html")
    address = FeedAddress.objects.filter(user=request.user).first()
    if address is not None:
        remove_feed_address(address, by=request.user)
    messages.success(request, _("Your calendar address is removed. It does not work any more."))
    return redirect("calendar_page")
