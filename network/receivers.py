"""Receivers of blog's signals: they write rows, inside the transaction of the action.

No mail, no HTTP, no files: those could not be rolled back with it.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.dispatch import receiver

from blog.signals import (
    account_erased,
    course_erased,
    course_saved,
    digest_due,
    digest_queued,
    digest_written,
    interactions_changed,
    member_left,
    mutes_asked,
    takeout_asked,
    work_due,
)
from blog.takeout.course import Part
from network import ties
from network.batch.weekly_choices import store_due_choices
from network.models import (
    FigurePeer,
    Follow,
    Intention,
    Mute,
    NetworkChoices,
    NetworkFigure,
    Question,
    QuestionOffer,
    TieArc,
    TieClock,
    TieUnit,
    WeeklyChoice,
)
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


@receiver(member_left)
def end_follows_and_choices(*, membership, **kwargs):
    """Delete what only members have in a course: whom they follow or mute, what they chose."""
    _delete_own(membership.user, course=membership.course)


@receiver(account_erased)
def delete_network_of(*, person, **kwargs):
    """Delete all that one person has in their networks, and who they are in those of others."""
    _delete_own(person)
    Mute.objects.filter(muted=person).delete()
    NetworkFigure.objects.filter(owner=person).delete()
    FigurePeer.objects.filter(peer=person).delete()


def _delete_own(person, **course):
    for rows in (
        Follow.objects.filter(Q(follower=person) | Q(followed=person), **course),
        Mute.objects.filter(by=person, **course),
        NetworkChoices.objects.filter(person=person, **course),
        Intention.objects.filter(person=person, **course),
        WeeklyChoice.objects.filter(student=person, **course),
        Question.objects.filter(author=person, **course),
        QuestionOffer.objects.filter(
            person=person, **{f"question__{name}": value for name, value in course.items()}
        ),
    ):
        rows.delete()


@receiver(course_erased)
def rows_of_course(*, course, **kwargs) -> list[QuerySet]:
    """Return all rows of a course: who follows whom there, ties, figures, questions, choices."""
    choices = {"networkchoices__course": course}
    return [
        QuestionOffer.objects.filter(question__course=course),
        Question.objects.filter(course=course),
        NetworkChoices.left_posts.through.objects.filter(**choices),
        NetworkChoices.left_works.through.objects.filter(**choices),
        NetworkChoices.objects.filter(course=course),
        FigurePeer.objects.filter(figure__picture__post__course=course),
        NetworkFigure.objects.filter(picture__post__course=course),
        *(
            model._base_manager.filter(course=course)
            for model in (Follow, Mute, Intention, WeeklyChoice, TieUnit, TieArc, TieClock)
        ),
    ]


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
