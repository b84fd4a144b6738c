"""Requests that no browser sends, to every address and with every form, from a seed."""

import random
import sys
import time
from dataclasses import dataclass, field
from traceback import extract_tb

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.urls import reverse

from tests.access_rows import ROWS
from tests.durability.forms import PageForm
from tests.security.support import address_of, keys_of
from tests.written import undone

ODD = [
    *(
        "",
        " ",
        "\n",
        "0",
        "-1",
        "1",
        "00",
        "1e9",
        "1e999",
        "nan",
        "inf",
        "1.5",
        "1,5",
        "٣",
        "²",
        "½",
    ),
    *(
        "9" * 20,
        "9" * 400,
        "9" * 5000,
        "on",
        "true",
        "null",
        "None",
        "[]",
        "{}",
        '{"a":',
        "[1,",
        "()",
    ),
    *(
        "a\x00b",
        "\x00",
        "\x1b",
        "\u2028",
        "\u202e",
        "\ufeff",
        "\ufffe",
        "\U0010ffff",
        "e\u0301" * 50,
    ),
    *(
        "🏳️‍🌈" * 20,
        "ﷺ" * 90,
        "ß" * 80,
        "İ" * 80,
        "ŉ" * 60,
        "\t",
        "\r\n",
        "a\r\nb: c",
        "%",
        "%00",
        "%s",
    ),
    *("{0}", "{{ x }}", "{% x %}", "../" * 9, "..\\", "C:\\", "file:///etc/passwd", "javascript:1"),
    *(
        "//a",
        "http://[",
        "http://[::1",
        "http://a:b@c",
        "http://a:99999/",
        "mailto:",
        "a@b",
        "@",
        "a" * 9000,
    ),
    *("0000-00-00", "2026-02-30", "2026-11-30", "9999-12-31", "0001-01-01", "2026-11-01T01:30"),
    *(
        "2026-03-08T02:30",
        "9999-12-31T23:59",
        "0001-01-01T00:00",
        "25:00",
        "2026-11-30T12:00:00Z",
        "-1:00",
    ),
    *(
        "*a **a " * 40,
        "[" * 300,
        "> " * 200,
        "`" * 99,
        "<b " * 99,
        "|a|\n|-|\n",
        "[@a; @b]",
        "[^1]: x",
    ),
    *("=1+1", "+1", "@a", '"', "'", "';--", "\\", "$1", "Europe/Nowhere", "UTC\x00", "../UTC"),
    *(
        "00000000-0000-0000-0000-000000000000",
        "ffffffff",
        "csv",
        "xlsx",
        "10.1000/xyz",
        "10.",
        "ISBN",
    ),
]
HEADERS = {
    "accept": ["", "*/*", "application/json", "text/html;q=x", "\x7f"],
    "accept-language": ["", "fa", "xx-YY", "de;q=9" * 40, "*"],
    "accept-encoding": ["", "br", "gzip;q=x", "identity;q=0"],
    "hx-request": ["true", "x"],
    "if-modified-since": ["x", "Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 99 Jan 9999 99:00:00 GMT"],
    "if-none-match": ['"x"', "*", 'W/"', "\x7f"],
    "range": ["bytes=0-1", "bytes=-1", "bytes=9-1", "x"],
    "referer": ["http://testserver/\x7f", "http://[", "//evil.example", "x"],
    "x-requested-with": ["XMLHttpRequest"],
    "x-forwarded-for": ["1.2.3.4, x", "", "::ffff:1.2.3.4%x"],
    "user-agent": ["", "a" * 4000, "\x7f"],
    "cookie": ["sessionid=x; csrftoken=", "=", ";;;", "a=b; a=c"],
}
# They say so of what they watch, such as a site without a round of `tick`.
SAYS_503 = ("/healthz", "/readyz")
METHODS = ["get", "get", "get", "post", "post", "head", "options", "put", "patch", "delete"]
# Of packages, without a row in the table of addresses.
OTHERS = [
    *(
        "account_login",
        "account_signup",
        "account_logout",
        "account_email",
        "account_reset_password",
    ),
    *("account_change_password", "account_set_password", "account_reauthenticate", "mfa_index"),
    *(
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "admin:index",
    ),
]
BODIES = [b"", b"{}", b"\xff\xfe", b"a=%ff&b=%", b"--x\r\n\r\n", b"<x/>", b"[" * 5000, b"&" * 2000]
KINDS = [
    *("application/json", "application/x-www-form-urlencoded", "multipart/form-data"),
    *("multipart/form-data; boundary=x", "text/plain; charset=nowhere", "application/xml", "x"),
]


@dataclass
class Fuzzer:
    """A sender of requests from a seed; ``broken`` has those answered with 500, and where."""

    world: object
    forms: list[PageForm]
    seed: int
    words: list[str] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)
    sent: int = 0

    def __post_init__(self):
        self.chance = random.Random(self.seed)
        self.odd = ODD + self.words
        self.clients = {role: self.world.client(role) for role in self.world.people}
        for client in self.clients.values():
            client.raise_request_exception = False
        self.sessions = {role: dict(client.cookies) for role, client in self.clients.items()}
        self.fault = ""

    def run(self, *, requests: int | None = None, seconds: float | None = None) -> None:
        """Send so many requests, or for so long."""
        ends = time.monotonic() + seconds if seconds else float("inf")
        got_request_exception.connect(self._note)
        try:
            while self.sent != requests and time.monotonic() < ends:
                if self.sent % 20 == 0:
                    cache.clear()  # which has the limits of what somebody may send
                self._send_one()
                self.sent += 1
        finally:
            got_request_exception.disconnect(self._note)

    def _note(self, sender, request=None, **rest):
        _kind, error, trace = sys.exc_info()
        frames = [one for one in extract_tb(trace) if "site-packages" not in one.filename]
        place = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
        self.fault = f"{error!r:.300} at {place}"

    def _send_one(self) -> None:
        role = self.chance.choice(list(self.clients))
        client, method, path, options = self.clients[role], *self._request()
        self.fault = ""
        with undone():
            try:
                answer = getattr(client, method)(path=path, **options)
                if answer.streaming:
                    b"".join(answer.streaming_content)
                status = answer.status_code
            except UnicodeEncodeError:  # of the client of the tests: no server gets that
                status = 0
        self._sign_in_again(role)
        if status >= 500 and not path.startswith(SAYS_503):
            self.broken.setdefault(self.fault, f"{role} {method} {path!r:.300} {options!r:.900}")

    def _sign_in_again(self, role: str) -> None:
        client = self.clients[role]
        client.cookies.clear()
        client.cookies.load({name: one.value for name, one in self.sessions[role].items()})

    def _request(self) -> tuple[str, str, dict]:
        if self.chance.random() < 0.6:
            form = self.chance.choice(self.forms)
            return "post", form.path, {"data": self._fields(form), **self._headers()}
        method, path = self.chance.choice(METHODS), self._address()
        if method in ("get", "head"):
            return method, path, {"data": self._query(), **self._headers()}
        if self.chance.random() < 0.5:
            return method, path, self._headers()
        body = {"data": self.chance.choice(BODIES), "content_type": self.chance.choice(KINDS)}
        return "generic", path, {"method": method.upper(), **body, **self._headers()}

    def _fields(self, form: PageForm) -> dict:
        """Return the fields of a form, of which some have odd values, or are away, or a file."""
        fields = {name: list(values) for name, values in form.fields.items()}
        names = list(fields)
        for name in self.chance.sample(names, min(len(names), self.chance.choice([1, 1, 1, 2, 9]))):
            chance = self.chance.random()
            if chance < 0.1:
                del fields[name]
            elif chance < 0.15:
                fields[name] = [SimpleUploadedFile("a.csv", self.chance.choice(BODIES))]
            elif chance < 0.25:
                fields[name] = [*fields[name], self.chance.choice(self.odd)]
            else:
                fields[name] = [self.chance.choice(self.odd)]
        return fields

    def _address(self) -> str:
        """Return an address, and one time in three with something odd in it."""
        name = self.chance.choice([*ROWS, *OTHERS])
        path = reverse(name) if name in OTHERS else address_of(name, keys_of(self.world.here))
        if self.chance.random() < 0.33:
            parts = path.split("/")
            odd = self.chance.choice(self.odd + ["%ff", "%2e%2e", "a%00b", "%E2%80%AE"])
            parts[self.chance.randrange(1, len(parts))] = odd.replace("?", "").replace("#", "")
            path = "/" + "/".join(parts).lstrip("/")
        return path

    def _query(self) -> dict[str, str]:
        names = "q page sort prompt pod section state kind week from to next show by in for code"
        chosen = self.chance.sample(names.split(), self.chance.choice([0, 1, 2]))
        return {name: self.chance.choice(self.odd) for name in chosen}

    def _headers(self) -> dict:
        if self.chance.random() < 0.7:
            return {}
        names = self.chance.sample(list(HEADERS), 2)
        return {"headers": {name: self.chance.choice(HEADERS[name]) for name in names}}
