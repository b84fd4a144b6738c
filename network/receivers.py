"""Receivers of blog's signals: they write rows, inside the transaction of the action.

No mail, no HTTP, no files: those could not be rolled back with it.
"""

from django.dispatch import receiver

from blog.signals import course_saved, interactions_changed, mutes_asked, work_due
from network import ties
from network.batch.weekly_choices import store_due_choices
from network.models import Mute


@receiver(interactions_changed)
def update_ties(*, course, removed, added, **kwargs):
    ties.apply(course, removed, added)


@receiver(course_saved)
def update_clock(*, course, **kwargs):
    ties.update_clock(course)


@receiver(mutes_asked)
def muted_by(*, reader, **kwargs) -> list[tuple[int, int]]:
    return list(Mute.objects.filter(by=reader).values_list("course", "muted"))


@receiver(work_due)
def choose_posts_of_week(**kwargs) -> int:
    return store_due_choices()
