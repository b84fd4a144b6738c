"""Slugs of posts: made of the title once, at first publication."""

import re
from collections.abc import Container
from itertools import count

from django.utils.text import slugify

MAX_SLUG_CHARS = 80  # leaves room for the number after the second of two equal titles

# Pages of their own at the same place of the address, and the shape of a draft's slug.
RESERVED = {"new", "drafts", "release", "agreement", "calibration"}
DRAFT = re.compile(r"draft-(\d{6,18})")


def base_slug(title: str) -> str:
    """Return the slug of a title: “weak-ties” for “Weak ties!”; “post” for “日本”."""
    return slugify(title)[:MAX_SLUG_CHARS].strip("-_") or "post"


def free_slug(base: str, taken: Container[str]) -> str:
    """Return ``base``, or “weak-ties-2” where that is taken or reserved."""
    candidates = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(slug for slug in candidates if _is_free(slug, taken))


def slug_of_draft(pk: int) -> str:
    """Return the slug of a post that has never been published."""
    return f"draft-{pk:06}"


def post_of_draft_slug(slug: str) -> int | None:
    """Return the primary key of the post with this slug of a draft, None for any other slug."""
    found = DRAFT.fullmatch(slug)
    return int(found[1]) if found else None


def _is_free(slug: str, taken: Container[str]) -> bool:
    return slug not in RESERVED and slug not in taken and not DRAFT.fullmatch(slug)
