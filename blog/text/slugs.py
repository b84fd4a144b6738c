"""The last part of a post's address: made of its title once, at its first publication."""

import re
from collections.abc import Container
from itertools import count

from django.utils.text import slugify

MAX_SLUG_CHARS = 80  # leaves room for the number that tells two of the same title apart

# Words that mean a page of their own in the same place, and the shape that drafts have.
RESERVED = {"new", "drafts", "release"}
DRAFT = re.compile(r"draft-(\d{6,18})")


def base_slug(title: str) -> str:
    """Return “weak-ties” for “Weak ties!”; a script that addresses cannot hold gives “post”."""
    return slugify(title)[:MAX_SLUG_CHARS].strip("-_") or "post"


def free_slug(base: str, taken: Container[str]) -> str:
    """Return ``base``, or “weak-ties-2” where that is taken or means something else."""
    candidates = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(slug for slug in candidates if _is_free(slug, taken))


def slug_of_draft(pk: int) -> str:
    """Return the address of a post that has never been published."""
    return f"draft-{pk:06}"


def post_of_draft_slug(slug: str) -> int | None:
    """Return the key of the post whose address this was before it was published."""
    found = DRAFT.fullmatch(slug)
    return int(found[1]) if found else None


def _is_free(slug: str, taken: Container[str]) -> bool:
    return slug not in RESERVED and slug not in taken and not DRAFT.fullmatch(slug)
