"""Sends requests over some connections at once, which are kept open, and times each answer."""

import http.client
import itertools
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field

from tests.benchmarks.visits import HEADERS, Page, Request

PATIENCE = 600  # seconds: a busy machine may have dozens of large pages in hand
CLOSED = (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError)


@dataclass
class Load:
    """The answers while some connections were busy: seconds for each answer, and bytes."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    sent: int = 0
    processor: float = 0.0  # seconds, of the server's processes

    def add(self, other: "Load") -> None:
        self.times += other.times
        self.seconds += other.seconds
        self.sent += other.sent
        self.processor += other.processor

    @property
    def count(self) -> int:
        return len(self.times)

    @property
    def per_second(self) -> float:
        return self.count / self.seconds

    @property
    def processor_ms(self) -> float:
        return 1000 * self.processor / self.count

    @property
    def bytes(self) -> float:
        """Return the bytes of an answer on the wire, without its head."""
        return self.sent / self.count

    def percentile(self, share: float) -> float:
        """Return the milliseconds within which this share of the answers came."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def drive(page: Page, port: int, *, connections: int, seconds: float) -> Load:
    """Visit a page for some seconds; each connection has readers of its own, as far as there are.

    A wrong answer ends it with an AssertionError.
    """
    loads = [Load() for _ in range(connections)]
    failures: list[BaseException] = []
    start = time.perf_counter()

    def work(number: int) -> None:
        readers = page.readers[number::connections] or page.readers[:1]
        try:
            connect(page, port, readers, start + seconds, loads[number])
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work, args=[number]) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    total = Load()
    for load in loads:
        total.add(load)
    total.seconds = time.perf_counter() - start
    return total


def connect(page: Page, port: int, readers: list[dict], deadline: float, load: Load) -> None:
    """Send one request after the other until the deadline, by its readers in turns; one at least.

    It ends before that when each of them has sent as many as a site takes from one person.
    """
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        for turn in itertools.count():
            if turn and time.perf_counter() >= deadline:
                break
            reader = readers[turn % len(readers)]
            if not page.may_send(reader):
                if load.count:
                    break
                while not page.may_send(reader):
                    time.sleep(0.1)
            request = page.request(reader)
            begun = time.perf_counter()
            status, body = answer(connection, request, reader)
            load.times.append(time.perf_counter() - begun)
            load.sent += len(body)
            assert status == page.status, f"{page.name}: {status} {body[:500]!r}"
            page.learn(reader, body)


def answer(connection, request: Request, reader: dict) -> tuple[int, bytes]:
    """Send a request and return its answer; connect again where the server has hung up."""
    headers = {**HEADERS, "Accept-Encoding": "gzip, br", "Cookie": reader["cookie"]}
    if request.form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    sent = request.method, request.path, request.body, headers
    try:
        connection.request(*sent)
        response = connection.getresponse()
    except CLOSED:  # between two requests, as a server may
        connection.close()
        connection.request(*sent)
        response = connection.getresponse()
    return response.status, response.read()
