"""Listen to blog. Rows only, inside the transaction of the deed: no mail, no HTTP, no files."""

from django.dispatch import receiver

from blog.signals import course_saved, interactions_changed
from network import ties


@receiver(interactions_changed)
def keep_ties_in_step(*, course, removed, added, **kwargs):
    ties.apply(course, removed, added)


@receiver(course_saved)
def set_the_clock(*, course, **kwargs):
    ties.settle(course)
