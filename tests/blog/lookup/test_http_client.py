"""Whatever a service answers, asking it is bounded in time and size, and stays where it may go."""

import gzip
import socket
from threading import Event

import pytest

from blog.lookup import http_client
from blog.lookup.http_client import Unavailable, get_json, is_public, origin_of
from tests.blog.lookup.stub import registry
from tests.threads import PATIENCE

JSON = "application/json"


@pytest.fixture
def place():
    with registry() as stub:
        yield stub


@pytest.fixture
def quick(monkeypatch):
    """Set half a second instead of five, so that the slow ones don't make this slow."""
    monkeypatch.setattr(http_client, "TIMEOUT_SECONDS", 0.5)


def get(stub, path="/x", **options):
    return get_json(f"{stub.url}{path}", accept=JSON, **options)


def raw(handler, headers, pieces, closing):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for header in headers:
        handler.wfile.write(header + b"\r\n")
    handler.wfile.write(b"\r\n")
    for piece in pieces:
        if closing.is_set():
            return
        handler.wfile.write(piece)


def test_a_document_comes_with_its_headers(place):
    place.lay("/x", {"a": 1}, X_Rate_Limit_Limit="10")

    answer = get(place, mailto="us@example.edu")

    assert (answer.status, answer.document) == (200, {"a": 1})
    assert answer.headers["x-rate-limit-limit"] == "10"
    assert place.headers[0]["User-Agent"] == "pln-blogging/0.1 (mailto:us@example.edu)"
    assert (place.headers[0]["Accept"], place.headers[0]["Accept-Encoding"]) == (JSON, "identity")


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
def test_other_statuses_have_no_document(place, status):
    place.lay("/x", {"a": 1}, status=status)

    answer = get(place)

    assert (answer.status, answer.document) == (status, None)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", "<h1>Welcome</h1>"),
        ("text/plain", "{}"),
        ("application/octet-stream", "{}"),
        ("application/json", "<h1>Welcome</h1>"),
        ("application/json", ""),
        ("application/json", "\x00\x01"),
        ("application/json", "[" * 100_000),
    ],
)
def test_what_is_not_json_is_no_answer(place, kind, body):
    place.lay("/x", body, Content_Type=kind)

    with pytest.raises(Unavailable):
        get(place)


def test_ten_gigabytes_end_after_one_megabyte(place):
    sent = []

    def flood(handler, closing):
        def pieces():
            for _ in range(10_000):
                sent.append(1_000_000)
                yield b" " * 1_000_000

        raw(
            handler,
            [b"Content-Type: application/json", b"Content-Length: 10000000000"],
            pieces(),
            closing,
        )

    place.answers["/x"] = flood

    with pytest.raises(Unavailable, match="too large"):
        get(place)

    assert sum(sent) < 20_000_000


def test_a_compressed_bomb_is_not_opened(place):
    bomb = gzip.compress(b"[" + b" " * 50_000_000 + b"]")

    def throw(handler, closing):
        raw(
            handler, [b"Content-Type: application/json", b"Content-Encoding: gzip"], [bomb], closing
        )

    place.answers["/x"] = throw

    with pytest.raises(Unavailable, match="compressed"):
        get(place)


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_byte_at_a_time_ends_in_time(place, quick, where):
    is_cut_off = Event()

    def drip(handler, closing):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
        if where == "body":
            handler.wfile.write(b"\r\n")
        try:
            while not closing.wait(0.05):
                handler.wfile.write(b" " if where == "body" else b"X: y\r\n")
        except OSError:
            is_cut_off.set()

    place.answers["/x"] = drip

    with pytest.raises(Unavailable, match="in time"):
        get(place)

    assert is_cut_off.wait(PATIENCE)


def test_a_slow_name_server_ends_in_time(quick, monkeypatch):
    is_over = Event()
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *args, **kwargs: is_over.wait(PATIENCE) and []
    )

    with pytest.raises(Unavailable, match="in time"):
        get_json("https://api.crossref.org/works", accept=JSON)

    is_over.set()  # the name server answers only now


def test_nobody_there_is_no_answer():
    with registry() as stub:
        gone = stub.url

    with pytest.raises(Unavailable):
        get_json(f"{gone}/x", accept=JSON)


# Where it may go


def test_a_redirect_is_followed_where_it_is_allowed(place):
    with registry() as agency:
        place.lay("/x", "", status=302, Location=f"{agency.url}/work")
        agency.lay("/work", {"a": 1})

        answer = get(place, allowed=[origin_of(agency.url)])

    assert (answer.status, answer.document) == (200, {"a": 1})


@pytest.mark.parametrize(
    "target",
    [
        "{canary}/", "//{netloc}/", "http://0x7f000001:{port}/", "http://2130706433:{port}/",
        "http://localhost:{port}/", "http://127.1:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
        "http://user:word@127.0.0.1:{port}/", "file:///etc/passwd", "gopher://127.0.0.1:{port}/",
        "http://169.254.169.254/latest/meta-data/", "http://[", "https://doi.org.example.com/",
    ],
)  # fmt: skip
def test_a_redirect_elsewhere_is_not_followed(place, target):
    with registry() as canary:
        netloc = canary.url.removeprefix("http://")
        port = netloc.rpartition(":")[2]
        location = target.format(canary=canary.url, netloc=netloc, port=port)
        place.lay("/x", "", status=302, Location=location)

        try:
            status = get(place).status
        except Unavailable:
            status = 302

    assert status == 302
    assert canary.asked == []


def test_redirects_in_a_ring_come_to_an_end(place):
    place.lay("/x", "", status=301, Location="/x")

    with pytest.raises(Unavailable, match="too many redirects"):
        get(place)

    assert len(place.asked) == 4


def test_a_public_name_that_leads_home_is_not_asked(place, monkeypatch):
    port = int(place.url.rpartition(":")[2])
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    there = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: there + here)

    with pytest.raises(Unavailable, match="not asked"):
        get_json(f"http://api.crossref.org:{port}/x", accept=JSON)

    assert place.asked == []


def test_the_proxy_of_the_environment_is_not_used(place, monkeypatch):
    with registry() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        place.lay("/x", {"a": 1})

        answer = get(place)

    assert (answer.document, proxy.asked) == ({"a": 1}, [])


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("172.16.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("::ffff:93.184.216.34", True),
        ("::127.0.0.1", False),  # IPv4-compatible
        ("::ffff:0:127.0.0.1", False),  # SIIT, RFC 2765
        ("64:ff9b:1::7f00:1", False),  # RFC 8215
        ("2001:0:5db8:d822::80ff:fffe", False),  # Teredo to 127.0.0.1
        ("2001:db8::1", False),
        ("3fff::1", False),
        ("5f00::1", False),
        ("4000::1", False),
        ("fec0::1", False),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://DOI.org/10.1/x", "https://doi.org:443"),
        ("https://doi.org.:443/", "https://doi.org:443"),
        ("http://127.0.0.1:80", "http://127.0.0.1:80"),
        ("ftp://doi.org", ""),
        ("https://us@doi.org", ""),
        ("https://doi.org:99999", ""),
        ("/10.1/x", ""),
        ("http://[::1]/x", "http://[::1]:80"),
        ("https://[2606:4700:0:0::1111]:8443", "https://[2606:4700::1111]:8443"),
        ("https://[fe80::1%25eth0]/", ""),
        ("https://Bücher.example/", "https://xn--bcher-kva.example:443"),
        ("https://*/x", ""),
        ("https://\uff0a.example/x", ""),
        ("https://a,b/x", ""),
        ("https://'self'/x", ""),
        ("https://evil.example; script-src 'unsafe-inline' */x", ""),
        ("https://evil.example;sandbox/x", ""),
        ("https://ev il.example/x", ""),
    ],
)
def test_an_origin_has_one_spelling(url, origin):
    assert origin_of(url) == origin
