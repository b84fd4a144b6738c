"""Rate limits: slots are used up, expire, are shared by nobody and never given twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection

from blog.web.rate_limits import MINUTE, TooManyRequests, enforce_rate_limit


def request_of(rf, user=None, address="192.0.2.1", **headers):
    request = rf.post("/", REMOTE_ADDR=address, **headers)
    request.user = user or AnonymousUser()
    return request


def test_one_request_too_many_is_refused_and_says_for_how_long(rf, ada):
    request = request_of(rf, ada)
    for _ in range(3):
        enforce_rate_limit(request, "join", 3, per=MINUTE)

    with pytest.raises(TooManyRequests) as refusal:
        enforce_rate_limit(request, "join", 3, per=MINUTE)

    assert refusal.value.retry_after == 60


def test_limits_are_per_person_and_per_action(rf, ada, bob):
    enforce_rate_limit(request_of(rf, ada), "join", 1, per=MINUTE)

    enforce_rate_limit(request_of(rf, bob), "join", 1, per=MINUTE)
    enforce_rate_limit(request_of(rf, ada), "cite", 1, per=MINUTE)

    with pytest.raises(TooManyRequests):
        enforce_rate_limit(request_of(rf, ada, address="192.0.2.2"), "join", 1, per=MINUTE)


def test_visitors_are_told_apart_by_address(rf, db):
    enforce_rate_limit(request_of(rf, address="192.0.2.1"), "join", 1, per=MINUTE)
    enforce_rate_limit(request_of(rf, address="192.0.2.2"), "join", 1, per=MINUTE)

    with pytest.raises(TooManyRequests):
        enforce_rate_limit(request_of(rf, address="192.0.2.1"), "join", 1, per=MINUTE)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), ("192.0.2.1", "::ffff:192.0.2.1")],
)
def test_one_connection_is_one_visitor(rf, db, one, other):
    enforce_rate_limit(request_of(rf, address=one), "join", 1, per=MINUTE)

    with pytest.raises(TooManyRequests):
        enforce_rate_limit(request_of(rf, address=other), "join", 1, per=MINUTE)


@pytest.mark.parametrize("other", ["2001:db8:1:3::1", "::ffff:192.0.2.2"])
def test_another_network_is_another_visitor(rf, db, other):
    for address in ("2001:db8:1:2::1", "::ffff:192.0.2.1", other):
        enforce_rate_limit(request_of(rf, address=address), "join", 1, per=MINUTE)


def test_forged_proxy_header_does_not_make_a_new_visitor(rf, db):
    enforce_rate_limit(
        request_of(rf, headers={"X-Forwarded-For": "198.51.100.1"}), "join", 1, per=MINUTE
    )

    with pytest.raises(TooManyRequests):
        enforce_rate_limit(
            request_of(rf, headers={"X-Forwarded-For": "198.51.100.2"}), "join", 1, per=MINUTE
        )


def test_header_of_our_own_proxy_tells_visitors_apart(rf, db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    enforce_rate_limit(
        request_of(rf, headers={"X-Forwarded-For": "198.51.100.1"}), "join", 1, per=MINUTE
    )
    enforce_rate_limit(
        request_of(rf, headers={"X-Forwarded-For": "198.51.100.2"}), "join", 1, per=MINUTE
    )

    forged = request_of(rf, headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.1"})
    with pytest.raises(TooManyRequests):
        enforce_rate_limit(forged, "join", 1, per=MINUTE)


def test_slot_is_free_again_when_its_time_is_over(rf, ada, settings, monkeypatch):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "limits",
        }
    }
    now = 1_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    enforce_rate_limit(request_of(rf, ada), "join", 2, per=MINUTE)
    now += 40
    enforce_rate_limit(request_of(rf, ada), "join", 2, per=MINUTE)
    now += 30

    enforce_rate_limit(request_of(rf, ada), "join", 2, per=MINUTE)

    with pytest.raises(TooManyRequests):
        enforce_rate_limit(request_of(rf, ada), "join", 2, per=MINUTE)


def test_cache_holds_no_addresses(rf, db):
    enforce_rate_limit(request_of(rf, address="192.0.2.77"), "join", 1, per=MINUTE)

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        [(key,)] = cursor.fetchall()

    assert "192.0.2.77" not in key


def test_simultaneous_requests_never_take_the_same_slot(rf, transactional_db):
    def try_once(_):
        try:
            enforce_rate_limit(request_of(rf), "rush", 3, per=MINUTE)
        except TooManyRequests:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        passed = list(people.map(try_once, range(16)))
    cache.clear()

    assert passed.count(True) == 3
