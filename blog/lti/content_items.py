"""An instructor's picks as the message that an LMS takes them in. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from secrets import token_urlsafe
from typing import Any

from blog.lti.claims import DeepLinking
from blog.lti.names import CLAIM, DEEP_LINKING_RESPONSE, DL_CLAIM, VERSION

LASTS = 300  # seconds


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a prompt: its title, what it is named by, and the points of its posts, if any."""

    title: str
    prompt: str
    resource_id: str
    points: Decimal | None = None


def content_item(link: Link, *, launch_url: str, with_points: bool) -> dict[str, Any]:
    """Return a link as an LMS keeps it; its grade is the one that ``services`` looks for."""
    item: dict[str, Any] = {
        "type": "ltiResourceLink",
        "title": link.title,
        "url": launch_url,
        "custom": {"prompt": link.prompt},
        "window": {"targetName": "_blank"},
    }
    if with_points and link.points:
        item["lineItem"] = line_item(link.title, link.points, link.resource_id, "post")
    return item


def line_item(label: str, points: Decimal, resource_id: str, tag: str) -> dict[str, Any]:
    """Return a column for grades as an LMS takes it; it is found again by id and tag."""
    return {
        "label": label,
        "scoreMaximum": number(points),
        "resourceId": resource_id,
        "tag": tag,
    }


def number(points: Decimal) -> int | float:
    """Return points as JSON has them; some LMSs take whole numbers only, for a column."""
    return int(points) if points == int(points) else float(points)


def deep_linking_response(
    links: Iterable[Link],
    settings: DeepLinking,
    *,
    issuer: str,
    client_id: str,
    deployment: str,
    launch_url: str,
    now: float,
) -> Mapping[str, Any]:
    """Return the claims of the answer with the picked prompts."""
    items = [
        content_item(link, launch_url=launch_url, with_points=settings.takes_line_items)
        for link in links
    ]
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": issuer,
        "iat": int(now),
        "exp": int(now) + LASTS,
        "nonce": token_urlsafe(24),
        f"{CLAIM}deployment_id": deployment,
        f"{CLAIM}message_type": DEEP_LINKING_RESPONSE,
        f"{CLAIM}version": VERSION,
        f"{DL_CLAIM}content_items": items,
    }
    if settings.data is not None:
        claims[f"{DL_CLAIM}data"] = settings.data
    return claims
