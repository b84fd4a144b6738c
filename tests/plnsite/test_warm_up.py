"""A worker has loaded its pages before it answers the first request."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

STARTED = """
import sys
from django.conf import settings
from django.test import Client
settings.STORAGES["staticfiles"]["BACKEND"] = settings.STORAGES["staticfiles"]["BACKEND"].replace(
    "plnsite.storage", "django.contrib.staticfiles.storage"
)  # whose files nobody has collected here
import plnsite.wsgi
import gc
import threading
from django.db import connections
print("connected", [one.alias for one in connections.all() if one.connection is not None])
print("threads", threading.active_count(), "frozen", gc.get_freeze_count() > 100_000)
print("collecting again", gc.isenabled())
from django.template import engines
loader = engines["django"].engine.template_loaders[0]
templates, modules = set(loader.get_template_cache), set(sys.modules)
for address in ("/livez", "/", "/accounts/login/", "/c/networks/"):
    print(address, Client().get(address).status_code)
print("compiled since", sorted(set(loader.get_template_cache) - templates))
ours = ("blog.views", "blog.queries", "blog.actions", "blog.text", "network", "markdown")
since = [name for name in sys.modules if name.startswith(ours) and name not in modules]
print("imported since", since)
ours = "blog/posts/post_page.html", "blog/courses/course_home.html"
print("of members", [name in templates for name in ours], "blog.views.posts.post" in modules)
"""


def test_nothing_is_left_to_load_when_the_first_page_is_asked_for(tmp_path):
    """Nor is anything open that workers, which are copies of this process, may not share."""
    environment = {
        **os.environ,
        "SECRET_KEY": "3vKq0zTn8wXrYb5Lc2Hd7Jf1Gs9Pm4Ra6Ue_QoIiNtWyVhBkZlDx",
        "ALLOWED_HOSTS": "testserver",
        "DEBUG": "0",
        "HTTPS": "0",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
    }

    started = subprocess.run(
        [sys.executable, "-c", STARTED], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert started.stdout.splitlines() == [
        "connected []",
        "threads 1 frozen True",
        "collecting again True",
        "/livez 200",
        "/ 200",
        "/accounts/login/ 200",
        "/c/networks/ 302",
        "compiled since []",
        "imported since []",
        "of members [True, True] True",
    ]
