from datetime import UTC, datetime

from django.http import HttpResponse
from django.utils import timezone

from blog.models import Takeout, User
from blog.web.middleware import PrivateCacheMiddleware
from tests import factories


def test_page_is_not_cached(rf):
    response = PrivateCacheMiddleware(lambda request: HttpResponse())(rf.get("/"))

    assert response["Cache-Control"] == "private, no-store"
    assert response["Vary"] == "Cookie"


def test_cache_control_of_a_view_is_left_alone(rf):
    page = HttpResponse(headers={"Cache-Control": "public, max-age=300"})

    response = PrivateCacheMiddleware(lambda request: page)(rf.get("/"))

    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.has_header("Vary")


def test_times_outside_a_course_are_in_ones_own_zone(client, ada, course):
    User.objects.filter(pk=ada.pk).update(time_zone="Asia/Tokyo")
    factories.make_takeout(ada)
    Takeout.objects.update(finished_at=datetime(2026, 3, 1, 20, 7, tzinfo=UTC))
    client.force_login(ada)

    page = client.get("/me/export/").text

    assert "05:07" in page
    assert "your time zone, Asia/Tokyo" in page
    assert timezone.get_current_timezone_name() == "UTC"


def test_nobody_is_looked_up_for_the_zone_alone(client, ada, django_assert_num_queries):
    client.force_login(ada)
    with django_assert_num_queries(0):
        client.get("/livez")
