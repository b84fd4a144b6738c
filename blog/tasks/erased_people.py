"""Forget who former members were, once grades of their courses need not be kept under a name."""

from django.db.models import Q
from django.utils import timezone

from blog.models import Membership, StudentIdentifier
from blog.models.courses import GRADES_NAMED_FOR
from blog.models.roster_imports import forget_changes
from blog.tasks.due_rows import delete_due, update_due


def forget_erased_people() -> int:
    """Delete names and numbers of the university's list, of people who erased their account.

    They are with their membership, and in what lists have changed, kept for their undo.
    """
    ended_before = timezone.now().date() - GRADES_NAMED_FOR
    members = Membership.objects.filter(
        user__erased_at__isnull=False, course__ends_on__lt=ended_before
    )
    forgotten = delete_due(StudentIdentifier.objects.filter(membership__in=members))
    named = members.exclude(Q(listed_name="") & Q(family_name=""))
    forgotten += update_due(named, listed_name="", family_name="")
    keys = dict(members.values_list("pk", "course"))
    if keys:
        forgotten += forget_changes("members", keys.keys(), courses=set(keys.values()))
    return forgotten
