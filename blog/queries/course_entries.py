"""Entries of a published version that differ from the course's, as when publishing merged two."""

from dataclasses import dataclass

from blog.citations.comparison import same_to_readers
from blog.models import Revision, Work


@dataclass(frozen=True)
class CourseEntry:
    """A reference: its ``key``, its ``work`` now, and the entry that the version ``published``."""

    key: str
    work: Work
    published: str


def differing_entries(revision: Revision | None) -> list[CourseEntry]:
    """Return the references of a version whose work shows readers something else now.

    A version keeps its own copies of its works, so it stays as it is until the post is published
    again; then it has the works as they are. One query.
    """
    entries = revision.references if revision else []
    works = Work.objects.in_bulk([entry["work"] for entry in entries]) if entries else {}
    return [
        CourseEntry(entry["key"], works[entry["work"]], entry["html"])
        for entry in entries
        if entry["work"] in works and not same_to_readers(entry["csl"], works[entry["work"]].csl)
    ]
