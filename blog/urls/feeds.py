"""Addresses: feeds for programs, and the person's own page about them."""

from django.urls import path

from blog.views.feeds import calendar, feed_address

urlpatterns = [
    path("feeds/<slug:token>/calendar.ics", calendar.calendar_feed, name="calendar_feed"),
    path("me/calendar/", feed_address.calendar_page, name="calendar_page"),
    path("me/feeds/new/", feed_address.feed_address_new, name="feed_address_new"),
    path("me/feeds/renew/", feed_address.feed_address_renew, name="feed_address_renew"),
    path("me/feeds/remove/", feed_address.feed_address_remove, name="feed_address_remove"),
]
