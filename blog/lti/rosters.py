"""The people of a course as an LMS lists them → a list that the roster reads. Pure."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from blog.lti.claims import plain_text, read_identifier
from blog.lti.roles import course_role

HEADINGS = ("Name", "Family name", "Email", "LTI user ID", "Role", "Status")


def roster_list(members: Iterable[Mapping[str, Any]]) -> bytes:
    """Return people as a table in CSV; whoever has no role in the course there is left out.

    Their key is that of their launches. Who is inactive there is marked as dropped.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for member in members:
        role = _role(member)
        if role:
            status = "active" if member.get("status", "Active") == "Active" else "dropped"
            words = (_name(member), _text(member, "family_name"), _text(member, "email"))
            writer.writerow([*words, read_identifier(member.get("user_id")), role, status])
    return file.getvalue().encode()


def count_without_role(members: Iterable[Mapping[str, Any]]) -> int:
    """Return how many people a list leaves out: neither students nor teachers of the course."""
    return sum(not _role(member) for member in members)


def _role(member: Mapping[str, Any]) -> str:
    roles = member.get("roles")
    return course_role(roles if isinstance(roles, list) else [])


def _name(member: Mapping[str, Any]) -> str:
    parts = (_text(member, "given_name"), _text(member, "family_name"))
    return _text(member, "name") or " ".join(part for part in parts if part)


def _text(member: Mapping[str, Any], name: str) -> str:
    value = member.get(name)
    return " ".join(plain_text(str(value)).split())[:150] if isinstance(value, str | int) else ""
