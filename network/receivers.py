"""Receivers of blog's signals: they write rows, inside the transaction of the action.

No mail, no HTTP, no files: those could not be rolled back with it.
"""

from django.dispatch import receiver

from blog.signals import course_saved, interactions_changed
from network import ties


@receiver(interactions_changed)
def update_ties(*, course, removed, added, **kwargs):
    ties.apply(course, removed, added)


@receiver(course_saved)
def update_clock(*, course, **kwargs):
    ties.update_clock(course)
