"""Networks in the admin site: how ties fade, and nothing of anybody's."""

import pytest
from django.urls import reverse

from network.models import TieClock
from tests import factories

LIST = reverse("admin:network_tieclock_changelist")


def make_clock(course):
    return TieClock.objects.create(course=course, landmark=course.starts_on)


@pytest.fixture
def site(client, db):
    client.force_login(factories.make_user("Rosa Root", is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_long_it_is(site, django_assert_num_queries, count):
    for _ in range(count):
        make_clock(factories.make_course())

    with django_assert_num_queries(6):
        assert site.get(LIST).status_code == 200


def test_clock_is_shown_without_its_key_and_stays_as_it_is(site, course):
    clock = make_clock(course)
    page = reverse("admin:network_tieclock_change", args=[clock.pk])

    answer = site.get(page)
    refused = [
        site.post(page, {"half_life": 7}).status_code,
        site.post(
            reverse("admin:network_tieclock_delete", args=[clock.pk]), {"post": "yes"}
        ).status_code,
        site.post(reverse("admin:network_tieclock_add"), {"half_life": 7}).status_code,
    ]

    assert answer.status_code == 200
    assert clock.export_key not in answer.content.decode()
    assert refused == [403, 403, 403]
    assert TieClock.objects.get() == clock
    assert TieClock.objects.get().half_life == 14


def test_key_is_not_asked_for_in_the_address(site, course):
    make_clock(course)

    assert site.get(LIST, {"export_key__startswith": "a"}).status_code == 400
