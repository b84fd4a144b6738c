"""Follow people, ask one's network, choose what to be offered, show a network in a post, change
how fast ties fade.
"""

from collections.abc import Collection
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.actions.pictures import add_picture, append_to_draft
from blog.exceptions import Refused
from blog.models import AuditEvent, Course, Picture, Post, User, Work
from blog.pictures import CleanPicture
from network import ties
from network.access import can_change_question, can_decline_question, can_look_back
from network.models import (
    FigurePeer,
    Follow,
    Intention,
    Mute,
    NetworkChoices,
    NetworkFigure,
    Question,
    QuestionOffer,
    TieClock,
    WeeklyChoice,
)
from network.queries.network_figure import FigureOfNetwork, alternative_of, text_below
from network.queries.questions import ends_at, own_question, people_to_ask
from network.queries.week_choice import choose_week, week_of


def follow(course: Course, *, by: User, person: User) -> Follow:
    """Follow a person in a course, without telling them.

    Following twice, also at the same moment, makes one follow.
    """
    access.require(
        access.can_follow(by, person, course),
        _("You can only follow other people in your own courses."),
    )
    return Follow.objects.get_or_create(course=course, follower=by, followed=person)[0]


def unfollow(course: Course, *, by: User, person: User) -> None:
    """Delete a follow, without a trace. A person who has left the course can be unfollowed too."""
    access.require(
        access.can_unfollow(by, course),
        _("You can only unfollow people in your own courses."),
    )
    Follow.objects.filter(course=course, follower=by, followed=person).delete()


def put_figure_into_post(
    figure: FigureOfNetwork, written: Picture, clean: CleanPicture, *, by: User
) -> NetworkFigure:
    """Add a figure of one's own network to one's post, at the end of its draft.

    ``written`` is its picture, whose files are on the disk and whose row is not saved yet.
    """
    access.require(access.can_edit_post(by, written.post))
    post = written.post
    if not figure.drawn:
        raise Refused(_("You had no ties on this day, so there is no figure."))
    with transaction.atomic():
        picture = add_picture(
            post, clean, by=by, alternative=alternative_of(figure, post.course), written=written
        )
        made = NetworkFigure.objects.create(picture=picture, owner=by, day=figure.day)
        FigurePeer.objects.bulk_create(
            FigurePeer(figure=made, number=one.number, peer=one.tie.peer) for one in figure.drawn
        )
        append_to_draft(picture, by=by, below=text_below(figure, post.course))
    return made


def save_choices(
    course: Course, *, by: User, wants_suggestions: bool, may_be_suggested: bool
) -> NetworkChoices:
    """Save what a person wants of suggestions in a course: for themselves, and of themselves."""
    access.require(
        access.can_keep_network(by, course),
        _("Only members of the course have a network in it."),
    )
    fields = {"wants_suggestions": wants_suggestions, "may_be_suggested": may_be_suggested}
    return NetworkChoices.objects.update_or_create(course=course, person=by, defaults=fields)[0]


def save_intention(course: Course, *, by: User, text: str) -> Intention | None:
    """Save what a person wants to do for their network this week; empty words remove it."""
    access.require(
        access.can_keep_network(by, course),
        _("Only members of the course have a network in it."),
    )
    if course.has_ended:
        raise Refused(_("The course is over, so there is no intention to set."))
    week = week_of(course)
    if not text:
        Intention.objects.of(by, course).filter(week=week).delete()
        return None
    return Intention.objects.update_or_create(
        course=course, person=by, week=week, defaults={"text": text}
    )[0]


def look_back(intention: Intention, *, by: User, text: str) -> Intention:
    """Save how a person's own intention went, in their words."""
    access.require(
        can_look_back(by, intention),
        _("You can only look back on your own intentions."),
    )
    intention.looked_back = text
    intention.save(update_fields=["looked_back"])
    return intention


def mute(course: Course, *, by: User, person: User) -> Mute:
    """Mute a person in a course, without telling them. Ties stay: they come from comments."""
    access.require(
        access.can_follow(by, person, course),
        _("You can only mute other people in your own courses."),
    )
    return Mute.objects.get_or_create(course=course, by=by, muted=person)[0]


def unmute(course: Course, *, by: User, person: User) -> None:
    """Take a mute back, also of a person who has left the course."""
    access.require(
        access.can_keep_network(by, course),
        _("Only members of the course have a network in it."),
    )
    Mute.objects.filter(course=course, by=by, muted=person).delete()


def ask_network(post: Post, *, by: User, text: str, people: Collection[int]) -> Question:
    """Offer a question on one's own post to people whose posts share a work with it.

    ``people`` are the keys of those whom its author was shown: it is offered to nobody else, also
    if others could be asked meanwhile. They are not told before their next digest.
    """
    access.require(
        access.can_ask_network(by, post),
        _("You can ask your network about your own posts that classmates can see."),
    )
    course = post.course
    with transaction.atomic():
        post.lock()
        own = own_question(by, course)
        if own.again_at:
            raise Refused(_("You can ask one question a week, and you have asked one this week."))
        if own.open:
            raise Refused(_("You already have an open question. Close it first."))
        chosen = [one.person for one in people_to_ask(post, by) if one.person.pk in people]
        if not chosen:
            raise Refused(_("None of these people can be asked now. Load this page again."))
        now = timezone.now()
        # Those that are over, by their time or as their post is withdrawn, make room for this one.
        Question.objects.of(by, course).filter(closed_at=None).update(closed_at=now)
        with _one_open_question():
            question = Question.objects.create(
                course=course, author=by, post=post, text=text, created_at=now
            )
        QuestionOffer.objects.bulk_create(
            QuestionOffer(question=question, person=person) for person in chosen
        )
        AuditEvent.record("network_question", post, by=by, course=course)
    return question


def edit_question(question: Question, *, by: User, text: str) -> None:
    """Change the words of one's own open question."""
    access.require(can_change_question(by, question), _("You can only change your own questions."))
    _refuse_what_is_over(question, by)
    if question.closed_at is not None:
        raise Refused(_("This question is closed. Open it again to change it."))
    question.text = text
    question.save(update_fields=["text"])


def close_question(question: Question, *, by: User, text: str = "") -> None:
    """Close one's own question: nobody sees it any more. Closing twice changes nothing.

    ``text`` are its words where they were changed and not saved before.
    """
    access.require(can_change_question(by, question), _("You can only close your own questions."))
    changed = {"text": text or question.text, "closed_at": timezone.now()}
    Question.objects.filter(pk=question.pk, closed_at=None).update(**changed)


def reopen_question(question: Question, *, by: User, text: str = "") -> None:
    """Open one's own question again, for those to whom it was offered, within its two weeks.

    ``text`` are new words of it, which could not be saved while it was closed.
    """
    access.require(can_change_question(by, question), _("You can only open your own questions."))
    _refuse_what_is_over(question, by)
    changed = {"text": text or question.text, "closed_at": None}
    with _one_open_question():
        Question.objects.filter(pk=question.pk).update(**changed)


def decline_question(offer: QuestionOffer, *, by: User) -> None:
    """Decline a question that was offered to oneself. Nobody is told, and no event records it."""
    access.require(
        can_decline_question(by, offer),
        _("You can only decline questions to you."),
    )
    if offer.declined_at is None:
        offer.declined_at = timezone.now()
        offer.save(update_fields=["declined_at"])


def _refuse_what_is_over(question: Question, author: User) -> None:
    """Refuse a question that nobody would see, whether it is closed or not."""
    if question.course.is_over:
        raise Refused(_("The course is over, and so is this question."))
    if ends_at(question) <= timezone.now():
        raise Refused(_("This question is older than two weeks. You can ask a new one."))
    if not access.can_ask_network(author, question.post):
        raise Refused(_("Classmates cannot see this question now, so it stays closed."))


@contextmanager
def _one_open_question():
    """Refuse a second open question of an author, also where two are asked at once."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(_("You already have an open question. Close it first.")) from error


def change_clock(course: Course, *, by: User, half_life: int) -> TieClock:
    """Change the half-life of the course's ties; every tie is derived again."""
    access.require(
        access.can_edit_course(by, course),
        _("Only instructors of the course can change how fast its ties fade."),
    )
    if half_life not in TieClock.HalfLife.values:
        raise Refused(_("Choose one, two or four weeks."))
    with transaction.atomic():
        ties.set_half_life(course, half_life)
        AuditEvent.record("clock_changed", course, by=by, course=course, half_life=half_life)
    return ties.clock_of(course)


def log_network_export(
    course: Course, *, by: User, file_format: str, day: date, names: bool
) -> AuditEvent:
    """Log that somebody gets the class network of a day in a file; the whole course reads the log.

    Comes before the file is made: pseudonyms need a clock that is stored, with its export key.
    ``names``: whether the file says who is who.
    """
    access.require(
        access.can_export_network(by, course),
        _("Only instructors of the course can export its network."),
    )
    with transaction.atomic():
        ties.ensure_clock(course)
        return AuditEvent.record(
            "network_exported",
            course,
            by=by,
            course=course,
            format=file_format,
            day=day.isoformat(),
            names=names,
        )


def switch_suggestions(course: Course, *, by: User, is_off: bool) -> None:
    """Switch one's own suggestions of posts off, or on again."""
    access.require(access.can_choose_suggestions(by, course), _("Only students get suggestions."))
    NetworkChoices.objects.update_or_create(
        course=course, person=by, defaults={"wants_suggestions": not is_off}
    )


def leave_post(post: Post, *, by: User) -> None:
    """Dismiss a post: it is not offered to oneself until that is undone."""
    access.require(
        access.can_choose_suggestions(by, post.course), _("Only students get suggestions.")
    )
    with transaction.atomic():
        _own_choices(post.course, by).left_posts.add(post)


def readmit_post(post: Post, *, by: User) -> None:
    """Let a post that one put aside be offered again."""
    access.require(
        access.can_choose_suggestions(by, post.course), _("Only students get suggestions.")
    )
    for choices in NetworkChoices.objects.filter(course=post.course, person=by):
        choices.left_posts.remove(post)


def leave_work(work: Work, *, by: User) -> None:
    """Offer oneself nothing more because of a work; “topic” on pages."""
    access.require(
        access.can_choose_suggestions(by, work.course), _("Only students get suggestions.")
    )
    with transaction.atomic():
        _own_choices(work.course, by).left_works.add(work)


def readmit_work(work: Work, *, by: User) -> None:
    """Let a work be a reason for suggestions again."""
    access.require(
        access.can_choose_suggestions(by, work.course), _("Only students get suggestions.")
    )
    for choices in NetworkChoices.objects.filter(course=work.course, person=by):
        choices.left_works.remove(work)


def _own_choices(course: Course, student: User) -> NetworkChoices:
    """Return a student's choices; what is offered this week is stored before any changes it."""
    week = week_of(course)
    if not WeeklyChoice.objects.filter(course=course, student=student, week=week).exists():
        WeeklyChoice.store(course, student, week, choose_week(student, course, week))
    return NetworkChoices.objects.get_or_create(course=course, person=student)[0]
