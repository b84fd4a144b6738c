"""Exported events of two courses, and their arcs as `rebuild_ties` stores them."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from network.export import pseudonym
from network.models import TieArc
from network.ties import clock_of
from network.ties.derive import set_half_life
from tests import factories
from tests.network.ties.support import comment, make_student, make_term, update

ROOT = Path(__file__).resolve().parents[3]


def make_terms(instructor):
    """Make two courses that fade differently, one with a number for an address, and one empty.

    There are several comments on a day, on days before the course and after it, comments that do
    not count, and nobody who is in both.
    """
    terms = [make_term(instructor, slug=slug) for slug in ("alpha", "2026", "quiet")]
    for term in terms[:2]:
        ada, bob, cy = (make_student(term, f"{name} {term.slug}") for name in ("Ada", "Bob", "Cy"))
        hers, his = factories.make_post(ada, term), factories.make_post(bob, term)
        for days in (-3, 0, 0, 1, 14, 40, 90):
            comment(bob, hers, days)
        for days in (2, 2, 83):
            comment(ada, his, days)
            comment(cy, hers, days)
        comment(ada, hers, 5)
        update(comment(cy, his, 6), deleted_at=hers.published_at + timedelta(days=1))
    set_half_life(terms[1], 7)
    return terms


def export(folder: Path) -> str:
    out = StringIO()
    call_command("export_events", "--parquet", folder, stdout=out)
    return out.getvalue()


def stored_arcs(courses) -> list[tuple]:
    """Return the arcs of courses as they are stored, with the codes of their people."""
    found = []
    for course in courses:
        key = clock_of(course).export_key
        for arc in TieArc.objects.filter(course=course):
            people = (pseudonym(key, course.pk, pk) for pk in (arc.source_id, arc.target_id))
            found.append((course.slug, *people, arc.acc, arc.units, arc.events))
    return sorted(found)
