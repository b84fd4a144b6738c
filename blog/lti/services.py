"""Services of an LMS for a course of its own: its people, its columns for grades, their scores.

Asked with the rights of this site in that LMS, by a token that is asked for first and kept as long
as this object is: for one tick, or one request.
"""

import json
import math
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from blog.lookup import Unavailable
from blog.lookup.http_client import Answer, is_loopback, origin_of, send
from blog.lti.names import (
    LINE_ITEM,
    LINE_ITEM_TYPE,
    LINE_ITEMS_TYPE,
    ROSTER,
    ROSTER_TYPE,
    SCORE,
    SCORE_TYPE,
)
from blog.lti.tokens import SigningKey, sign

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_LASTS = 60  # seconds
RENEWED_BEFORE = 60  # seconds before the end of a token
SECONDS = 10.0  # for one question: an LMS computes
LIST_SECONDS = 20.0  # for all pages of a list of people, with the token for it
MAX_PAGES = 50
PEOPLE_PER_PAGE = 100  # so that a page has less than what is read of an answer
# Commas and semicolons stand in addresses and in quotes as well.
LINK = re.compile(r"""<(?P<address>[^<>]*)>(?P<parameters>(?:[^",<]|"[^"]*")*)""")
PARAMETER = re.compile(r"""([\w!#$&+.^`|~*-]+)\s*=\s*(?:"([^"]*)"|([^\s",;]*))""")
MAX_MEMBERS = 10_000
TRIED_AGAIN = {408, 409, 425, 429}
GONE = {404, 410}


class ServiceRefused(Exception):
    """The LMS has answered and said no, with ``status``; asking again would change nothing."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


class NotLetIn(Unavailable):
    """The LMS gives this site no token, and says so with ``status``: nothing of it can be asked.

    That is about this site, and about nobody whom a question is about.
    """

    def __init__(self, status: int) -> None:
        super().__init__(f"no token: status {status}")
        self.status = status


class ListIsCut(Unavailable):
    """An LMS lists more than is read, or goes on at another site: who is missing nobody knows."""


@dataclass(frozen=True, slots=True)
class Registration:
    """A registration of this site at an LMS: the names of both, and the addresses of the LMS.

    ``audience`` is what a token is asked for, where that is not the address.
    """

    issuer: str
    client_id: str
    auth_url: str
    token_url: str
    jwks_url: str
    audience: str = ""


def is_service_address(url: str, *, site: str) -> bool:
    """Return whether an address may be asked: HTTPS, or this machine for a site on this machine."""
    parts = urlsplit(url) if origin_of(url) else urlsplit("")
    if not parts.hostname or parts.fragment:
        return False
    if is_loopback(parts.hostname):
        return is_loopback(urlsplit(site).hostname or "")
    return parts.scheme == "https"


class Services:
    """The services of an LMS; every method raises Unavailable, NotLetIn or ServiceRefused."""

    def __init__(self, registration: Registration, key: SigningKey, *, site: str) -> None:
        self.registration, self.key, self.site = registration, key, site
        self._tokens: dict[str, tuple[str, float]] = {}
        self._until = math.inf  # when what is asked now has to be whole

    def members(self, url: str) -> list[dict[str, Any]]:
        """Return the people of a course as the LMS lists them, of all pages.

        Raises ListIsCut where it is not whole.
        """
        found: list[dict[str, Any]] = []
        self._until = time.monotonic() + LIST_SECONDS
        for answer in self._pages(_with_query(url, limit=PEOPLE_PER_PAGE), ROSTER, ROSTER_TYPE):
            document = answer.document
            if not isinstance(document, dict) or not isinstance(document.get("members"), list):
                raise Unavailable("no list of members came")
            found += [one for one in document["members"] if isinstance(one, dict)]
            if len(found) > MAX_MEMBERS:
                raise ListIsCut("too many members")
        self._until = math.inf
        return found

    @property
    def has_token(self) -> bool:
        """Return whether the LMS has given a token: without one, nothing of it can be asked."""
        return bool(self._tokens)

    def line_item(self, url: str, wanted: Mapping[str, Any]) -> str:
        """Return the address of a column for grades: the one with its id and tag, or a new one."""
        asked = _with_query(url, resource_id=wanted["resourceId"], tag=wanted["tag"])
        for answer in self._pages(asked, LINE_ITEM, LINE_ITEMS_TYPE):
            items = answer.document if isinstance(answer.document, list) else []
            for item in items:
                if _is_same(item, wanted) and isinstance(item.get("id"), str):
                    return self._checked(item["id"])
        answer = self._ask(url, LINE_ITEM, body=wanted, content_type=LINE_ITEM_TYPE)
        made = answer.document if isinstance(answer.document, dict) else {}
        if not isinstance(made.get("id"), str):
            raise Unavailable("the new column has no address")
        return self._checked(made["id"])

    def has_line_item(self, line_item: str) -> bool:
        """Return whether a column is still there; one that may not be read is."""
        try:
            self._ask(line_item, LINE_ITEM, accept=LINE_ITEM_TYPE)
        except NotLetIn:
            return True
        except ServiceRefused as refusal:
            return refusal.status not in GONE
        return True

    def send_score(self, line_item: str, score: Mapping[str, Any]) -> None:
        """Send what a student has in a column; ``/scores`` goes before the query."""
        parts = urlsplit(self._checked(line_item))
        url = parts._replace(path=f"{parts.path.rstrip('/')}/scores").geturl()
        self._ask(url, SCORE, body=score, content_type=SCORE_TYPE)

    def _checked(self, url: str) -> str:
        """Return an address that an LMS names; raise ServiceRefused for one that is never asked."""
        if not is_service_address(url, site=self.site):
            raise ServiceRefused(0)
        return url

    def _pages(self, url: str, scope: str, accept: str) -> Iterable[Answer]:
        """Yield the answer and the pages that follow it; raise ListIsCut before the last one.

        Our token goes to the origin that was asked, and to no other.
        """
        origin = origin_of(url)
        seen: set[str] = set()
        while url:
            if url in seen or len(seen) == MAX_PAGES or origin_of(url) != origin:
                raise ListIsCut(f"page {len(seen) + 1} is not asked for")
            seen.add(url)
            answer = self._ask(url, scope, accept=accept)
            yield answer
            following = next_page(answer.headers.get("link", ""))
            try:
                url = urljoin(url, following) if following else ""
            except ValueError:
                raise ListIsCut("the address of the next page is none") from None

    def _ask(
        self,
        url: str,
        scope: str,
        *,
        accept: str = "application/json",
        body: Mapping[str, Any] | None = None,
        content_type: str = "",
    ) -> Answer:
        self._checked(url)
        headers = {
            "Accept": content_type or accept,
            "Authorization": f"Bearer {self._token(scope)}",
        }
        if body is not None:
            headers["Content-Type"] = content_type
        data = None if body is None else json.dumps(body).encode()
        method = "GET" if data is None else "POST"
        return _usable(send(url, data, headers=headers, method=method, seconds=self._seconds()))

    def _seconds(self) -> float:
        """Return the timeout of an answer: the time left, and never longer than for one."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise Unavailable("no answer in time")
        return min(left, SECONDS)

    def _token(self, scope: str) -> str:
        token, until = self._tokens.get(scope, ("", 0.0))
        if time.monotonic() < until:
            return token
        where, now = self.registration, int(time.time())
        self._checked(where.token_url)
        claims = {
            "iss": where.client_id,
            "sub": where.client_id,
            "aud": where.audience or where.token_url,
            "iat": now,
            "exp": now + ASSERTION_LASTS,
            "jti": token_urlsafe(24),
        }
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": sign(claims, self.key),
            "scope": scope,
        }
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode(form).encode()
        answer = send(where.token_url, body, headers=headers, seconds=self._seconds())
        try:
            _usable(answer)
        except ServiceRefused as refusal:
            raise NotLetIn(refusal.status) from None
        given = answer.document if isinstance(answer.document, dict) else {}
        fresh, lasts = given.get("access_token"), given.get("expires_in")
        if not isinstance(fresh, str) or not fresh.isprintable() or not fresh:
            raise Unavailable("no token came")
        seconds = lasts if isinstance(lasts, int) else ASSERTION_LASTS
        self._tokens[scope] = (fresh, time.monotonic() + seconds - RENEWED_BEFORE)
        return fresh


def _usable(answer: Answer) -> Answer:
    """Return a success; raise Unavailable for what may be another time, ServiceRefused for a no."""
    if 200 <= answer.status < 300:
        return answer
    if answer.status >= 500 or answer.status in TRIED_AGAIN:
        raise Unavailable(f"status {answer.status}")
    raise ServiceRefused(answer.status)


def _is_same(item: object, wanted: Mapping[str, Any]) -> bool:
    """Return whether a column is the wanted one: some LMSs do not look at what they are asked."""
    if not isinstance(item, dict):
        return False
    return item.get("resourceId") == wanted["resourceId"] and item.get("tag") == wanted["tag"]


def _with_query(url: str, **parameters: object) -> str:
    """Return an address with some parameters, beside those that it has."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(parameters)}"


def next_page(link: str) -> str:
    """Return the address of the next page in a Link header (RFC 8288), "" for none."""
    for found in LINK.finditer(link):
        relations = [
            quoted or plain
            for name, quoted, plain in PARAMETER.findall(found["parameters"])
            if name.lower() == "rel"
        ]
        if relations and "next" in relations[0].lower().split():
            return found["address"].strip()
    return ""
