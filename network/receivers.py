"""Receivers of blog's signals: they write rows, inside the transaction of the action.

No mail, no HTTP, no files: those could not be rolled back with it.
"""

from datetime import datetime

from django.dispatch import receiver

from blog.signals import (
    course_saved,
    digest_due,
    digest_queued,
    digest_written,
    interactions_changed,
    mutes_asked,
    takeout_asked,
    work_due,
)
from blog.takeout.course import Part
from network import ties
from network.batch.weekly_choices import store_due_choices
from network.models import QuestionOffer
from network.queries.own_files import own_files
from network.queries.questions import (
    OfferedQuestion,
    questions_in_digest,
    questions_waiting_since,
)
from network.queries.relations import relations_of


@receiver(interactions_changed)
def update_ties(*, course, removed, added, **kwargs):
    ties.apply(course, removed, added)


@receiver(course_saved)
def update_clock(*, course, **kwargs):
    ties.update_clock(course)


@receiver(mutes_asked)
def muted_by(*, reader, **kwargs) -> list[tuple[int, int]]:
    return list(relations_of(reader).mutes)


@receiver(takeout_asked)
def give_network(*, person, course, **kwargs) -> list[Part]:
    return own_files(person, course)


@receiver(work_due)
def choose_posts_of_week(**kwargs) -> int:
    return store_due_choices()


@receiver(digest_due)
def tell_of_waiting_questions(**kwargs) -> dict[int, datetime]:
    return questions_waiting_since()


@receiver(digest_queued)
def give_questions_to_digest(*, reader, mail_key, **kwargs) -> None:
    QuestionOffer.objects.waiting().not_mailed().filter(person=reader).record_mail(mail_key)


@receiver(digest_written)
def tell_questions_of_digest(*, reader, mail_key, **kwargs) -> dict[int, list[OfferedQuestion]]:
    return questions_in_digest(reader, mail_key)
