"""Requests to the institution's sign-in: with the limits of all fetching (``blog.lookup``).

allauth asks by requests, so these hold here once more: a deadline for the whole of an answer, a
size, nothing compressed, no redirect, no proxy of the environment. The address is the one of the
settings, and those that its configuration names; it may be inside the institution's network.
"""

from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlow
from threading import Event, Thread

import requests
from requests.adapters import HTTPAdapter

from blog.lookup.http_client import MAX_BODY_BYTES, TIMEOUT_SECONDS

PIECE = 65_536


class LimitedAdapter(HTTPAdapter):
    """An adapter with a thread for each request: only so a byte a second has a limit too."""

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        """Return an answer that is whole. Raises a RequestException and nothing else."""
        future: Future[requests.Response] = Future()
        stopped = Event()

        def settle() -> None:
            try:
                response = super(LimitedAdapter, self).send(
                    request, stream=True, timeout=TIMEOUT_SECONDS, verify=verify, cert=cert
                )
                _read(response, stopped)
                future.set_result(response)
            except requests.RequestException as error:
                future.set_exception(error)
            except Exception as error:  # whatever it is, the waiting thread must hear of it
                future.set_exception(requests.ConnectionError(type(error).__name__))

        Thread(target=settle, daemon=True).start()
        try:
            return future.result(TIMEOUT_SECONDS)
        except TooSlow:
            stopped.set()
            raise requests.Timeout("no answer in time") from None


def _read(response: requests.Response, stopped: Event) -> None:
    """Read a body as it comes, as far as it is not too large, and put it into its response."""
    with response:
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise requests.RequestException("compressed, which was not asked for")
        body = bytearray()
        while not stopped.is_set() and (piece := response.raw.read1(PIECE)):
            body += piece
            if len(body) > MAX_BODY_BYTES:
                raise requests.RequestException("too large")
    response._content = bytes(body)
    response._content_consumed = True


class LimitedSession(requests.Session):
    """A session whose answers are limited, and which follows no redirect."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.headers["Accept-Encoding"] = "identity"
        for scheme in ("https://", "http://"):
            self.mount(scheme, LimitedAdapter())

    def request(self, *args, **options):
        return super().request(*args, **options | {"allow_redirects": False})
