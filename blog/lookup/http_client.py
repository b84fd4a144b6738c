"""
HTTP client for JSON documents of registries and LMSs, the answers of a spam filter and the blogs of
members, safe against any.

The settings fix which registries and filters are asked; typed text only ever is, quoted, in the
path, the query or the body of a form. Where an LMS is asked, site staff say, or itself when it
registers by their link, and each launch says where the services of its course are. So the answer
may be hostile or broken, and a name may lead anywhere: no proxy of the environment, no address of a
private network, no redirect but to a known registry, no compressed body, one megabyte, five seconds
for all of it (ten for a service of an LMS), and JSON (text, to a form) or nothing.

A page of the web (``get_page``) is the exception: a member types its address. It may be anywhere on
the open internet and nowhere else, not even on this machine, at the two usual ports, and each
redirect is asked the same.
"""

import http.client
import ipaddress
import json
import re
import socket
import ssl
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlow
from contextlib import closing
from dataclasses import dataclass, field, replace
from threading import Thread
from urllib.parse import urlencode, urljoin, urlsplit

TIMEOUT_SECONDS = 5.0  # for one document, redirects included
MAX_BODY_BYTES = 1_000_000  # a work with a thousand references has some 400,000
MAX_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# All that the open internet has of IPv6; elsewhere an IPv4 address may be inside: ::127.0.0.1.
OPEN_IPV6 = ipaddress.ip_network("2000::/3")
EXAMPLES = [ipaddress.ip_network(net) for net in ("2001:db8::/32", "3fff::/20")]
HOST = re.compile(r"[A-Za-z0-9.-]+")
USER_AGENT = "pln-blogging/0.1"


# Where a page may be although it is on this machine: ``tests`` put the addresses of theirs here.
PAGES_OF_THIS_MACHINE: set[str] = set()


class Unavailable(Exception):
    """No usable answer from a service now; the same question can be asked again later."""


class OffLimits(Unavailable):
    """The address is not on the open web: of a private network, at a port of another service."""


class TooLarge(Unavailable):
    """The answer has more bytes than are read."""


@dataclass(frozen=True)
class Answer:
    """The answer of a service; ``document`` is the JSON or text of a success, else None.

    ``url`` is where a page was found, behind all redirects; ``is_moved``: they say that it stays
    there for good.
    """

    status: int
    document: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    is_moved: bool = False


def get_json(
    url: str,
    *,
    accept: str,
    mailto: str = "",
    allowed: Collection[str] = (),
    seconds: float | None = None,
) -> Answer:
    """Return a JSON document, following redirects only to the origins in ``allowed``.

    A redirect to anywhere else is the answer, with its status. ``seconds`` shortens the wait where
    other questions took their share of it. Raises ``Unavailable`` and nothing else. All of it runs
    in a thread of its own, because only so a slow name server, a slow handshake and a byte a second
    have one limit together.
    """
    agent = f"{USER_AGENT} (mailto:{mailto})" if mailto else USER_AGENT
    return _answer(_Request({"Accept": accept, "User-Agent": agent}), url, allowed, seconds)


def post_form(url: str, fields: Mapping[str, str], *, agent: str, seconds: float) -> Answer:
    """Return the text with which a service answers a form; a redirect is not followed.

    ``agent`` is the User-Agent. Raises ``Unavailable`` and nothing else.
    """
    headers = {
        "Accept": "text/plain",
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        "User-Agent": agent,
    }
    return _answer(_Request(headers, urlencode(fields).encode()), url, (), seconds)


def send(
    url: str,
    body: bytes | None = None,
    *,
    headers: Mapping[str, str],
    method: str = "POST",
    seconds: float | None = None,
) -> Answer:
    """Return the answer to a request with headers and a body of its own; no redirect is followed.

    Its document is JSON, or None where there is none. Raises ``Unavailable`` and nothing else.
    """
    request = _Service({"User-Agent": USER_AGENT, **headers}, body, method=method)
    return _answer(request, url, (), seconds)


def get_page(
    url: str, *, headers: Mapping[str, str], seconds: float, max_bytes: int = MAX_BODY_BYTES
) -> Answer:
    """Return the bytes of a page of the open web, following redirects there.

    ``headers`` make the request conditional, or say what is wanted; an answer that nothing has
    changed (304) has no document. Raises OffLimits for an address that is not asked, TooLarge, or
    another ``Unavailable``, and nothing else.
    """
    request = _Page({"User-Agent": USER_AGENT, **headers}, max_bytes=max_bytes)
    return _answer(request, url, (), seconds)


def is_on_web(url: str) -> bool:
    """Return whether an address may be a page of the open web, as far as it says so by itself."""
    origin = origin_of(url)
    if origin in PAGES_OF_THIS_MACHINE:
        return True
    scheme, port = origin.partition(":")[0], origin.rpartition(":")[2]
    if (scheme, port) not in {("https", "443"), ("http", "80")}:
        return False
    host = str(urlsplit(url).hostname).rstrip(".")
    return not is_loopback(host)


def _answer(
    request: "_Request", url: str, allowed: Collection[str], seconds: float | None
) -> Answer:
    future: Future[Answer] = Future()
    Thread(target=request.settle, args=(future, url, {*allowed}), daemon=True).start()
    try:
        return future.result(TIMEOUT_SECONDS if seconds is None else seconds)
    except TooSlow:
        request.stop()
        raise Unavailable("no answer in time") from None


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address in one spelling; "" if it is not usable.

    A host is letters, digits, dots and hyphens, or an address of IPv6 in brackets: an origin goes
    into policies, where other signs would begin another rule, or mean every site.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
        host = _written(parts.hostname or "")
    except ValueError:
        return ""
    if not host or port is None or parts.username is not None:
        return ""
    return f"{parts.scheme}://{host}:{port}"


def _written(host: str) -> str:
    """Return a host as it stands in an origin; "" or ValueError if it is none."""
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host)}]" if "%" not in host else ""
    name = host.rstrip(".")
    if not name.isascii():
        name = name.encode("idna").decode()
    return name.lower() if HOST.fullmatch(name) else ""


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine by its name alone; no name server is asked."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_public(address: str) -> bool:
    """Return whether an IP address is on the open internet, also one inside another."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inside = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inside is not None:
            return is_public(str(inside))
        if ip not in OPEN_IPV6 or any(ip in net for net in EXAMPLES):
            return False
    return ip.is_global and not ip.is_multicast


class _Request:
    """A request in a thread, with the ``form`` of a POST; ``stop`` ends it from outside."""

    SUCCESSES = {200}
    max_bytes = MAX_BODY_BYTES

    def __init__(self, headers: Mapping[str, str], form: bytes | None = None) -> None:
        self.headers = {**headers, "Accept-Encoding": "identity"}
        self.form = form
        self.method = "GET" if form is None else "POST"
        self.follows = form is None
        self.connection: http.client.HTTPConnection | None = None
        self.stopped = False

    def settle(self, future: Future[Answer], url: str, allowed: set[str]) -> None:
        try:
            future.set_result(self._follow(url, allowed | {origin_of(url)}))
        except Unavailable as error:
            future.set_exception(error)
        except Exception as error:  # whatever it is, the waiting thread must hear of it
            future.set_exception(Unavailable(type(error).__name__))

    def stop(self) -> None:
        self.stopped = True
        sock = self.connection.sock if self.connection else None
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def may_ask(self, url: str, allowed: set[str]) -> bool:
        """Return whether a redirect to an address is followed; it is the answer if it is not."""
        return origin_of(url) in allowed

    def _follow(self, url: str, allowed: set[str]) -> Answer:
        passed: set[int] = set()
        for _ in range(MAX_REDIRECTS + 1):
            answer, location = self._ask(url)
            if answer.status not in REDIRECTS or not location or not self.follows:
                return replace(answer, is_moved=bool(passed) and passed <= PERMANENT)
            passed.add(answer.status)
            url = urljoin(url, location)
            if not self.may_ask(url, allowed):
                return answer
        raise Unavailable("too many redirects")

    def _ask(self, url: str) -> tuple[Answer, str]:
        parts = urlsplit(url)
        self.connection = _Connection(parts.scheme, str(parts.hostname), parts.port)
        try:
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            self.connection.request(self.method, path, body=self.form, headers=dict(self.headers))
            with closing(self.connection.getresponse()) as response:
                headers = _joined(response.getheaders())
                document = self._read(response) if response.status in self.SUCCESSES else None
            answer = Answer(response.status, document, headers, url)
            return answer, headers.get("location", "")
        finally:
            self.connection.close()

    def _read(self, response: http.client.HTTPResponse) -> object:
        if self.form is not None:
            return self._body(response).decode("utf-8", "replace").strip()
        kind = response.headers.get_content_type()
        if kind != "application/json" and not kind.endswith("+json"):
            raise Unavailable(f"JSON was due, {kind} came")
        try:
            return json.loads(self._body(response))
        except RecursionError:
            raise Unavailable("the answer is nested too deeply") from None

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        if response.getheader("Content-Encoding", "identity").lower() != "identity":
            raise Unavailable("the answer is compressed, which was not asked for")
        body = bytearray()
        while not self.stopped and (piece := response.read1(65_536)):
            body += piece
            if len(body) > self.max_bytes:
                raise TooLarge("the answer is too large")
        return bytes(body)


def _joined(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return headers by their names in small letters; those that come twice are one list."""
    found: dict[str, str] = {}
    for name, value in headers:
        before = found.get(name.lower())
        found[name.lower()] = value if before is None else f"{before}, {value}"
    return found


class _Service(_Request):
    """A request whose method is given, and whose answer is JSON, or nothing."""

    SUCCESSES = {200, 201, 202}

    def __init__(self, headers: Mapping[str, str], body: bytes | None, *, method: str) -> None:
        super().__init__(headers, body)
        self.method, self.follows = method, False

    def _read(self, response: http.client.HTTPResponse) -> object:
        kind = response.headers.get_content_type()
        body = self._body(response)
        if not body.strip() or (kind != "application/json" and not kind.endswith("+json")):
            return None
        try:
            return json.loads(body)
        except RecursionError:
            raise Unavailable("the answer is nested too deeply") from None


class _Page(_Request):
    """A request for a page whose address a member has typed, or another page names."""

    def __init__(self, headers: Mapping[str, str], *, max_bytes: int) -> None:
        super().__init__(headers)
        self.max_bytes = max_bytes

    def may_ask(self, url: str, allowed: set[str]) -> bool:
        if not is_on_web(url):
            raise OffLimits("the address is not on the open web")
        return True

    def _ask(self, url: str) -> tuple[Answer, str]:
        self.may_ask(url, set())
        return super()._ask(url)

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        return self._body(response)


class _Connection(http.client.HTTPConnection):
    """A connection to the very address that was checked."""

    def __init__(self, scheme: str, host: str, port: int | None) -> None:
        self.is_safe = scheme == "https"
        super().__init__(host, port or (443 if self.is_safe else 80), timeout=TIMEOUT_SECONDS)

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address(), self.port), timeout=TIMEOUT_SECONDS)
        if self.is_safe:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def _address(self) -> str:
        """Resolve the host once and return an address; raise ``Unavailable`` if any is not allowed.

        A host named as this machine stays on it; any other is on the open internet. No name may
        lead from one to the other.
        """
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = [str(sockaddr[0]) for *_, sockaddr in found]
        fits = is_loopback if is_loopback(self.host) else is_public
        if not addresses or not all(map(fits, addresses)):
            raise OffLimits("the name leads to an address that is not asked")
        return addresses[0]
