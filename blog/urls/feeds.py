"""Addresses: feeds for programs, and the person's own pages about them."""

from django.urls import path

from blog.views.feeds import calendar, course_feeds, feed_address, people_opml, public_feed

course_patterns = [
    path("feed.atom", course_feeds.course_feed, name="course_feed"),
    path("people/<slug:username>/feed.atom", course_feeds.person_feed, name="person_feed"),
    path("posts/<slug:slug>/comments.atom", course_feeds.comment_feed, name="comment_feed"),
    path("people.opml", people_opml.people_opml, name="people_opml"),
]

urlpatterns = [
    path("feeds/<slug:token>/calendar.ics", calendar.calendar_feed, name="calendar_feed"),
    path(
        "feeds/<slug:token>/<slug:course>.atom",
        course_feeds.secret_course_feed,
        name="secret_course_feed",
    ),
    path(
        "feeds/<slug:token>/<slug:course>/people/<slug:username>.atom",
        course_feeds.secret_person_feed,
        name="secret_person_feed",
    ),
    path(
        "feeds/<slug:token>/<slug:course>/posts/<slug:slug>.atom",
        course_feeds.secret_comment_feed,
        name="secret_comment_feed",
    ),
    path(
        "p/<int:pk>/<slug:slug>/comments.atom",
        public_feed.post_public_comments,
        name="post_public_comments",
    ),
    path("me/calendar/", feed_address.calendar_page, name="calendar_page"),
    path("me/feeds/", feed_address.feed_page, name="feed_page"),
    path("me/feeds/new/", feed_address.feed_address_new, name="feed_address_new"),
    path("me/feeds/renew/", feed_address.feed_address_renew, name="feed_address_renew"),
    path("me/feeds/remove/", feed_address.feed_address_remove, name="feed_address_remove"),
]
