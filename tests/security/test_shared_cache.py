"""Behind an nginx that keeps what it may, nobody sees a page that another one was answered with.

The production server, and before it a real nginx with ``proxy_cache``: a student asks, then a
visitor, then another student, for every address of the site. Kept is only what says so.
"""

import http.client
import re
import shutil
import subprocess
import time
from collections import Counter
from contextlib import closing

import pytest
from django.core.management import call_command

from tests import factories
from tests.access_rows import ROWS
from tests.benchmarks.measured_course import cookie_of
from tests.browser.shots import free_port
from tests.durability.places import empty_place, fill
from tests.security.support import address_of, keys_of, make_course_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx: install nginx-light"),
]

START_WITHIN = 30
# It takes an answer without a word on caching for a minute: no page may rely on nginx's caution.
CONFIGURATION = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi; proxy_temp_path {folder}/proxy;
  proxy_cache_path {folder}/kept keys_zone=kept:1m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://127.0.0.1:{behind};
      proxy_set_header Host localhost;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto https;
      proxy_cache kept;
      proxy_cache_valid any 1m;
      add_header X-Kept $upstream_cache_status always;
    }}
  }}
}}
"""
# The same for everybody, and said to be.
PUBLIC = {"favicon", "lti_keys", "manifest"}
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


class Cache:
    """An nginx before a site; it forgets when it ends."""

    def __init__(self, folder, behind: int):
        folder.mkdir()
        self.port = free_port()
        file = folder / "nginx.conf"
        file.write_text(CONFIGURATION.format(folder=folder, port=self.port, behind=behind))
        self._process = subprocess.Popen(
            ["nginx", "-c", str(file), "-e", f"{folder}/error.log"], stderr=subprocess.DEVNULL
        )

    def wait(self) -> None:
        deadline = time.monotonic() + START_WITHIN
        while time.monotonic() < deadline:
            try:
                self.get("/healthz")
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("nginx did not start")

    def get(self, address: str, cookie: str = "") -> tuple[int, str, bytes]:
        """Return the status of an answer, whether it was kept, and its body."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request("GET", address, headers={"Cookie": cookie} if cookie else {})
            answer = line.getresponse()
            return answer.status, answer.headers.get("X-Kept", ""), answer.read()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


@pytest.fixture
def place(tmp_path):
    with empty_place(tmp_path / "site") as place:
        yield place


@pytest.mark.figure
def test_nobody_is_answered_with_what_was_for_another(place, tmp_path, instructor, figure):
    rows = make_course_of(instructor, "own")
    call_command("rebuild_ties", course="own", verbosity=0)
    ada, bob = rows["student"], factories.make_user("Bob behind the cache")
    factories.add_member(rows["course"], bob)
    addresses = {
        name: address_of(name, keys_of(rows)) for name, (method, _row) in ROWS.items()
        if method == "GET"
    }  # fmt: skip
    with place.signing():
        people = [("ada", cookie_of(ada)), ("visitor", ""), ("bob", cookie_of(bob))]
    fill(place)
    cache = Cache(tmp_path / "nginx", place.start().port)
    try:
        cache.wait()
        found, statuses, named, kept = [], Counter(), Counter(), set()
        for name, address in addresses.items():
            tokens = set()
            for person, cookie in [*people, people[0]]:
                status, how, body = cache.get(address, cookie)
                statuses[status] += 1
                kept |= {name} if how == "HIT" else set()
                seen = set(TOKEN.findall(body))
                if seen & tokens:
                    found.append(f"{name}: {person} has the token of another page")
                tokens |= seen
                if b"Student of own" in masthead_of(body):
                    named[person] += 1
                if status >= 500:
                    found.append(f"{name}: {status}")
    finally:
        cache.stop()

    assert found == []
    assert kept == PUBLIC
    assert set(named) == {"ada"}  # whose name is on her pages, and on nobody else's
    assert statuses[200] > len(addresses)
    figure(
        "A cache before the site gives nobody the page of another",
        f"{len(addresses)} addresses, {statuses.total()} requests through nginx",
    )


def masthead_of(page: bytes) -> bytes:
    """Return what a page says of whoever is signed in."""
    head, main, _rest = page.partition(b"<main")
    return head.partition(b"<body")[2] if main else b""
