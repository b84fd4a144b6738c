"""Mentions in a comment: an @ and a name, as its author knows it."""

import re

from blog.models import Comment, User
from blog.queries.comments import people_to_mention

SIGN = re.compile(r"(?<!\w)@")
ESCAPE = re.compile(r"\\([^a-zA-Z0-9\s])")


def mentioned_people(comment: Comment) -> list[User]:
    """Return the people whom a comment mentions, each once, in the order of their mentions.

    After an @ the longest name counts, and only a whole one: "@Ada Lovelace" is not Ada. Without
    an @ this costs no query.
    """
    if comment.author is None or not SIGN.search(comment.text):
        return []
    people = people_to_mention(comment.author, comment.post, comment.parent)
    names = sorted(people, key=len, reverse=True)
    text = ESCAPE.sub(r"\1", comment.text)
    found = (_name_at(text, sign.end(), names) for sign in SIGN.finditer(text))
    return [people[name] for name in dict.fromkeys(found) if name]


def _name_at(text: str, start: int, names: list[str]) -> str:
    """Return the first of some names that is at a place of a text as a whole, or ""."""
    for name in names:
        end = start + len(name)
        if text.startswith(name, start) and not text[end : end + 1].isalnum():
            return name
    return ""
