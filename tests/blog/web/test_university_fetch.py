"""Limits of requests to the institution: slow, large, packed and forwarding answers."""

import socket
import threading
import time

import pytest
import requests

from blog.web import university_fetch
from blog.web.university_login import UniversityAdapter

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    monkeypatch.setattr(university_fetch, "TIMEOUT_SECONDS", 1)


@pytest.fixture
def answering():
    """Return an address where each connection gets some pieces, with a pause between two."""
    ended = threading.Event()

    def listen(*pieces, pause=0.0):
        server = socket.create_server(("127.0.0.1", 0))

        def run():
            line, _address = server.accept()
            with server, line:
                line.recv(4000)
                try:
                    for piece in pieces:
                        line.sendall(piece)
                        ended.wait(pause)
                except OSError:
                    return

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        threads.append(thread)
        return f"http://127.0.0.1:{server.getsockname()[1]}/"

    threads: list[threading.Thread] = []
    yield listen
    ended.set()
    for thread in threads:
        thread.join(10)


def get(address, **options):
    with UniversityAdapter(None).get_requests_session() as session:
        return session.get(address, **options)


def test_an_answer_is_read(answering):
    body = b'{"issuer": "here"}'
    address = answering(HEAD + b"Content-Length: %d\r\n\r\n" % len(body), body)

    assert get(address).json() == {"issuer": "here"}


@pytest.mark.parametrize("drips", ["head", "body"])
def test_a_byte_a_moment_has_an_end(answering, drips):
    head = HEAD + b"Content-Length: 90\r\n\r\n"
    slow = [head[:1], *(head[i : i + 1] for i in range(1, 90))]
    pieces = slow if drips == "head" else [head, *[b" "] * 90]
    address = answering(*pieces, pause=0.3)
    began = time.monotonic()

    with pytest.raises(requests.Timeout):
        get(address, timeout=600)  # what allauth says counts no more

    assert time.monotonic() - began < 10  # for all of it: the 90 pieces take 27 seconds


def test_a_large_answer_is_given_up(answering):
    size = university_fetch.MAX_BODY_BYTES + 1
    address = answering(HEAD + b"Content-Length: %d\r\n\r\n" % size, b" " * size)

    with pytest.raises(requests.RequestException, match="too large"):
        get(address)


def test_a_packed_answer_is_given_up(answering):
    address = answering(HEAD + b"Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx")

    with pytest.raises(requests.RequestException, match="compressed"):
        get(address)


def test_no_redirect_is_followed(answering):
    address = answering(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n")

    assert get(address, allow_redirects=True).status_code == 302


def test_nobody_there_is_an_error_of_requests():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(requests.ConnectionError):
        get(f"http://127.0.0.1:{port}/")
