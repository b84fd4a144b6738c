"""Create, rename and delete the sections of a course."""

from django.db import transaction

from blog import access
from blog.models import AuditEvent, Section, User
from blog.models.uniqueness import unless_taken


def save_section(section: Section, *, by: User) -> Section:
    """Save a new or renamed section. Raise Taken if another one has its name."""
    access.require(access.can_edit_course(by, section.course))
    action = "section_changed" if section.pk else "section_created"
    with unless_taken(section, "name"):
        section.save()
        AuditEvent.record(action, section, by=by, course=section.course)
    return section


def delete_section(section: Section, *, by: User) -> None:
    """Delete a section; its members stay in the course."""
    access.require(access.can_edit_course(by, section.course))
    with transaction.atomic():
        rows = section.memberships.order_by("pk")
        list(rows.select_for_update(no_key=True).values("pk"))
        AuditEvent.record("section_deleted", section, by=by, course=section.course)
        section.delete()
