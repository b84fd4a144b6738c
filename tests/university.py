"""A university's sign-in for tests: an OpenID provider that lets in whoever a test names."""

import re
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests

LOCAL = requests.Session()
LOCAL.trust_env = False  # no proxy leads to this machine
START_WITHIN = 60  # seconds, on a busy machine
MAX_PAGES = 4  # of one sign-in
START = "/accounts/oidc/university/login/"


def settings_for(address, *, trusts_email=False, is_silent=False, name="Example University"):
    """Return the settings that environment variables would make."""
    one = {
        "provider_id": "university",
        "name": name,
        "client_id": "commonplace",
        "secret": "a secret",
        "settings": {
            "server_url": address,
            "email_authentication": trusts_email,
            "is_silent": is_silent,
        },
    }
    providers = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [one]}}
    return {"UNIVERSITY_LOGIN": one, "SOCIALACCOUNT_PROVIDERS": providers}


class University:
    """A provider whose claims about a student ``says`` sets; ``let_in`` follows its pages."""

    def __init__(self, address):
        self.address = address

    def says(self, sub="s-1", **claims):
        LOCAL.put(f"{self.address}/users/{sub}", json=claims, timeout=10).raise_for_status()
        return sub

    def answer(self, address, **form):
        """Return the address where the provider sends a person who fills in its page."""
        answer = LOCAL.post(address, data=form, allow_redirects=False, timeout=10)
        assert answer.status_code in (302, 303), answer.text
        return answer.headers["Location"]

    def sign_in(self, client, sub="s-1", *, to=None, **form):
        """Go the whole way in a test client; return the answer of this site at its end."""
        came_back = self.come_back(client, sub, to=to, **form)
        return client.get(came_back)

    def come_back(self, client, sub="s-1", *, to=None, **form):
        """Return the path with which the person comes back from the provider."""
        start = client.post(START, form | ({"next": to} if to else {}))
        address = way_on(start)
        back = urlsplit(self.answer(address, sub=sub))
        assert back.netloc == "testserver"
        return f"{back.path}?{back.query}"


def way_on(response):
    """Return where the page between this site and the provider leads."""
    assert response.status_code == 200, response
    address = re.search(r'content="0; url=([^"]+)"', response.content.decode())[1]
    return address.replace("&amp;", "&")


def query_of(address):
    return dict(parse_qsl(urlsplit(address).query))


@contextmanager
def running(*command):
    """Run the provider, or that of a command, in a process of its own.

    The libraries of ours warn of what we call an error.
    """
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    ours = (sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port")
    provider = subprocess.Popen(
        [*(command or ours), port], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/.well-known/openid-configuration", provider)
        yield University(address)
    finally:
        provider.kill()
        provider.wait()


def _wait_for(address, provider):
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end and provider.poll() is None:
        try:
            LOCAL.get(address, timeout=5).raise_for_status()
            return
        except requests.RequestException:
            time.sleep(0.1)
    raise AssertionError("The provider did not start.")


def through_certified(address, login):
    """Follow the pages of npm's provider; return the address that leads back to this site."""
    with requests.Session() as browser:
        browser.trust_env = False
        page = browser.get(address, timeout=10)
        for _ in range(MAX_PAGES):
            form = re.search(r'<form[^>]* action="([^"]+)"', page.text)[1]
            prompt = re.search(r'name="prompt" value="(\w+)"', page.text)[1]
            fields = {"prompt": prompt, "login": login, "password": "any"}
            page = browser.post(
                urljoin(page.url, form), data=fields, allow_redirects=False, timeout=10
            )
            while page.is_redirect:
                to = urljoin(page.url, page.headers["Location"])
                if urlsplit(to).netloc == "testserver":
                    return to
                page = browser.get(to, allow_redirects=False, timeout=10)
    raise AssertionError("The provider does not come to an end.")
