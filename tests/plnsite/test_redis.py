"""Sessions, rate limits and all else that is cached, in a Redis that several machines share."""

import shutil
import socket
import subprocess

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog.web.rate_limits import MINUTE, TooManyRequests, enforce_rate_limit
from plnsite import settings as site
from tests.blog.web.test_rate_limits import request_of

if not shutil.which("redis-server"):
    pytest.skip("redis-server is not installed", allow_module_level=True)


@pytest.fixture
def redis(settings, monkeypatch, tmp_path):
    """Yield a Redis of this test alone, and a site that its environment leads to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    monkeypatch.setenv("CACHE_URL", f"redis://127.0.0.1:{port}/0")
    settings.CACHES = {"default": site.default_cache()}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    command = ["redis-server", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert any("Ready to accept connections" in line for line in server.stdout)
            yield server
        finally:
            cache.close()
            server.kill()


def sessions_asked_for(client, address):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    return answer.status_code, sum("django_session" in query["sql"] for query in queries)


def test_sessions_and_limits_are_shared_by_all_machines(rf, client, redis, course, ada):
    client.force_login(ada)
    address = reverse("course_home", args=[course.slug])
    enforce_rate_limit(request_of(rf, ada), "join", 1, per=MINUTE)

    caches["default"].close()  # another process has a connection of its own

    assert sessions_asked_for(client, address) == (200, 0)
    with pytest.raises(TooManyRequests):
        enforce_rate_limit(request_of(rf, ada), "join", 1, per=MINUTE)
    assert client.get("/healthz").status_code == 200


def test_what_redis_forgets_is_in_the_database(client, redis, course, ada):
    client.force_login(ada)

    cache.clear()

    address = reverse("course_home", args=[course.slug])
    assert sessions_asked_for(client, address) == (200, 1)


def test_without_redis_the_site_says_that_it_cannot_be_used(client, redis, course, ada):
    client.force_login(ada)
    redis.kill()
    redis.wait()
    client.raise_request_exception = False

    health = client.get("/healthz")
    page = client.get(reverse("course_home", args=[course.slug]))

    assert (health.status_code, health.content) == (503, b"cache down\n")
    assert page.status_code == 503
