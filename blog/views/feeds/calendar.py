"""A person's dates as a calendar that their phone or another program subscribes to."""

from django.conf import settings

from blog.queries.calendar import calendar_dates
from blog.views.feeds.calendar_file import CONTENT_TYPE, as_calendar_file
from blog.web.feeds import as_feed, secret_feed


@secret_feed
def calendar_feed(request, owner):
    """Send the dates that the owner of the address sees now."""
    body = as_calendar_file(calendar_dates(owner), settings.SITE_URL)
    return as_feed(request, body, CONTENT_TYPE)
