"""The people of a course as a list of feeds that a feed reader takes at once (OPML 2.0)."""

from collections.abc import Sequence
from io import BytesIO

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog.models import Course, FeedAddress
from blog.queries.people import ListedPerson, listed_people, with_last_posts
from blog.views.feeds.entries import person_feed_path, whole
from blog.web.decorators import in_course
from blog.web.reauthentication import ask_who_it_is, was_confirmed_lately
from blog.web.xml import TypedTextXMLGenerator

CONTENT_TYPE = "text/x-opml; charset=utf-8"


@in_course
@require_safe
def people_opml(request, course):
    """Send the feeds of everybody who writes in a course, at the reader's secret address.

    Without one they are the feeds for browsers that are signed in. The file is no page: whoever is
    asked first who they are finds it on that of their feeds.
    """
    address = FeedAddress.objects.filter(user=request.user).exclude(posts_token="").first()
    if address is not None and not was_confirmed_lately(request):
        return ask_who_it_is(reverse("feed_page"))
    people = [
        person
        for person in with_last_posts(listed_people(request.user, course), request.user, course)
        if person.member.is_student or person.last_post
    ]
    return HttpResponse(
        _as_opml(course, people, address.posts_token if address else ""),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{course.slug}-people.opml"'},
    )


def _as_opml(course: Course, people: Sequence[ListedPerson], token: str) -> bytes:
    """Return one folder, named after the course, with a feed for each person."""
    title = _("People of %(course)s") % {"course": course.title}
    body = BytesIO()
    opml = TypedTextXMLGenerator(body, "utf-8", short_empty_elements=True)
    opml.startDocument()
    opml.startElement("opml", {"version": "2.0"})
    opml.startElement("head", {})
    opml.addQuickElement("title", title)
    opml.endElement("head")
    opml.startElement("body", {})
    opml.startElement("outline", {"text": course.title})
    for person in people:
        page = reverse("person_page", args=[course.slug, person.user.username])
        attributes = {
            "type": "rss",  # what OPML calls a feed of any format
            "text": person.name,
            "title": person.name,
            "xmlUrl": whole(person_feed_path(course, person.user, token)),
            "htmlUrl": whole(page),
        }
        opml.addQuickElement("outline", None, attributes)
    for element in ("outline", "body", "opml"):
        opml.endElement(element)
    return body.getvalue()
