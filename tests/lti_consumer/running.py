"""Run Open edX's LTI consumer in a process of its own, for the length of a block."""

import json
import subprocess
from contextlib import contextmanager
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

from blog.models import Deployment, Platform, ToolKey

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-lti" / "bin" / "python"
LOCAL = build_opener(ProxyHandler({}))  # no proxy leads to this machine
MISSING = "no .venv-lti: make lti installs Open edX's LTI consumer apart"


class OpenEdx:
    """The running LMS."""

    def __init__(self, url):
        self.url = url

    def told(self):
        """Return what it has been told: links, line_items, scores, and what it refused."""
        return self.fetch("/told")

    def fetch(self, path):
        request = Request(f"{self.url}{path}", headers={"Accept": "application/json"})
        with LOCAL.open(request, timeout=20) as answer:
            return json.loads(answer.read())

    def register(self):
        """Store it as site staff have registered it."""
        platform = Platform.objects.create(
            name="Open edX",
            issuer=self.url,
            client_id="edx-client",
            auth_url=f"{self.url}/auth",
            token_url=f"{self.url}/token",
            jwks_url=f"{self.url}/jwks",
            trusts_email=True,
        )
        Deployment.objects.create(platform=platform, deployment_id="edx-deployment")
        ToolKey.make()
        return platform


@contextmanager
def running_open_edx(site):
    """Run it for a site at an address."""
    command = [str(PYTHON), "-W", "ignore", str(Path(__file__).with_name("open_edx.py")), site]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            url = process.stdout.readline().strip()
            assert url, "the LMS did not start"
            yield OpenEdx(url)
        finally:
            process.kill()
