"""Take a picture of every page of the demo course, to be looked at by people.

    python -m tests.browser.shots OUTDIR [NAME …] [--fold] [--language ar]

It serves the demo from a database of its own, which is gone afterwards. NAME picks pages, such as
post_page (tests/browser/places.py has them all); --fold keeps to what is in view at first, as the
picture in the README does.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import django
from django.contrib.auth.signals import user_logged_in
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.steps import session_of, settled
from tests.browser.visits import go_to

WINDOWS = [(1280, 900), (390, 844)]
SCHEMES = ["light", "dark"]
START_WITHIN = 30


def load_demo():
    """Fill the database that the environment names; return who sees which places."""
    django.setup()
    # Models can be imported only now that Django knows its settings.
    from django.core.management import call_command

    from blog.models import Course
    from tests.browser.places import places
    from tests.signed_in import record_sign_in

    user_logged_in.connect(record_sign_in)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", stdout=StringIO())
    return places(Course.objects.get())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving():
    """Run the development server until the block ends; yield its address."""
    url = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "manage.py", "runserver", "--noreload", url.removeprefix("http://")]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"{url}/healthz", server)
        yield url
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, server: subprocess.Popen) -> None:
    last = time.monotonic() + START_WITHIN
    while True:
        try:
            urlopen(address).close()
            return
        except URLError:
            if server.poll() is not None or time.monotonic() > last:
                raise
            time.sleep(0.2)


def take(browser, out: Path, url: str, paths: dict[str, str], cookies: list, whole: bool) -> None:
    """Take one person's places in all windows and colours."""
    for scheme in SCHEMES:
        for width, height in WINDOWS:
            context = browser.new_context(
                base_url=url,
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            context.add_cookies(cookies)
            page = context.new_page()
            for name, path in paths.items():
                go_to(page, path)
                settled(page)
                shot = out / f"{name.replace(' ', '-')}-{width}-{scheme}.png"
                page.screenshot(path=shot, full_page=whole)
            context.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, metavar="OUTDIR")
    parser.add_argument("names", nargs="*", metavar="NAME", help="places to take; all if none")
    parser.add_argument("--fold", action="store_true", help="only what is in view at first")
    parser.add_argument("--language", default="en", help="a language that the site has")
    asked = parser.parse_args()
    path = chromium.find()
    if path is None:
        parser.error("there is no Chromium on this machine")
    asked.out.mkdir(parents=True, exist_ok=True)

    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "plnsite.settings",
            "DATABASE_URL": f"sqlite:///{folder}/shots.sqlite3",
            "DEBUG": "1",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # for what Playwright's loop is taken
        }
        seen = load_demo()
        with serving() as url:
            spoken = {"name": "language", "value": asked.language, "url": url}
            visits = [
                (
                    {n: p for n, p in paths.items() if not asked.names or n in asked.names},
                    [spoken, *([session_of(user, url)] if user else [])],
                )
                for user, paths in seen.items()
            ]
            with sync_playwright() as play:
                browser = play.chromium.launch(executable_path=path, args=chromium.FLAGS)
                for paths, cookies in visits:
                    take(browser, asked.out, url, paths, cookies, whole=not asked.fold)
                browser.close()


if __name__ == "__main__":
    main()
