"""Opening of students' work on the grading desk by graders."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.models import OpenPlace, QueuePlace, User


def keep_open(place: QueuePlace, *, by: User) -> None:
    """Record that a grader has a student open now, and forget what was open minutes ago.

    There is no audit event: nobody needs to know it later.
    """
    access.require(
        access.can_grade(by, place.prompt.course), _("Only the teaching team can grade.")
    )
    with transaction.atomic():
        OpenPlace.objects.update_or_create(
            place=place, grader=by, defaults={"seen_at": timezone.now()}
        )
        OpenPlace.objects.filter(place__prompt=place.prompt).past().delete()
