"""Erase courses on their day: each is hidden from everybody at once, and then goes (ADR 0084).

A course that is hidden is not brought back: whoever finds it so goes on with it, also a later
``tick``.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from blog.models import (
    Announcement,
    AuditEvent,
    BlogEntry,
    Calibration,
    Comment,
    CommentRevision,
    CommentUse,
    Course,
    Criterion,
    Draft,
    DraftSnapshot,
    Extension,
    FeedbackReply,
    FeedbackReplyRevision,
    GradeAdoption,
    GradeImport,
    Grading,
    GradingEvent,
    GradingTime,
    GuestComment,
    HeldChange,
    HelpStatement,
    IdempotencyKey,
    ImportedComment,
    ImportedPost,
    Invitation,
    Launch,
    Level,
    LineItem,
    LmsFile,
    Membership,
    Message,
    ModerationCase,
    ModerationEvent,
    Norm,
    NormProposal,
    Notification,
    OpenPlace,
    OutboxMessage,
    OwnBlog,
    ParticipationRule,
    Passage,
    Picture,
    PlatformCourse,
    PlatformMember,
    PlatformScore,
    Pod,
    Post,
    PostLink,
    ProcessMoment,
    ProcessNote,
    Prompt,
    QueuePlace,
    Reference,
    Report,
    Revision,
    RosterImport,
    RotaEntry,
    Rubric,
    Score,
    SearchEntry,
    SecondGrading,
    SecondGradingDraw,
    Section,
    SeenComments,
    SeenFeedback,
    Settlement,
    StudentIdentifier,
    Takeout,
    WordPressImport,
    Work,
    WorkMerge,
    WorkVerification,
)
from blog.models.courses import ERASED_ON, GRADES_NAMED_FOR, new_join_code
from blog.models.search import forget_deleted_words
from blog.models.takeouts import prepare_again
from blog.signals import course_erased
from blog.tasks.course_dates import days_from_now, was_told

logger = logging.getLogger(__name__)

PIECE = 500  # rows at a time: nobody who writes waits for more
SECONDS_PER_TICK = 40  # then mail has to go out

Model = type[models.Model]
Below = tuple[tuple[Model, str], ...]
Rows = tuple[QuerySet, Below]


@dataclass(frozen=True)
class Part:
    """Rows of a course, all those from which ``path`` leads to it.

    ``below`` are rows with a link to these, as these have to them: they go in one transaction.
    ``answers`` names those of these rows that point to another one of them: they go before it.
    """

    model: Model
    path: str = "course"
    below: Below = ()
    answers: str = ""

    def of(self, course: Course) -> QuerySet:
        return self.model._base_manager.filter(**{self.path: course.pk})

    def next_of(self, course: Course) -> QuerySet:
        """Return those that can go now."""
        return self.of(course).filter(**{self.answers: None}) if self.answers else self.of(course)


# What lets somebody in goes at once. The order of both is that in which rows can go: what points
# to others comes before them.
DOORS = (
    Part(OutboxMessage, "invitation__course"),
    Part(PlatformScore, "line_item__platform_course__course"),
    Part(LineItem, "platform_course__course"),
    Part(PlatformMember, "platform_course__course"),
    Part(PlatformCourse),
    Part(Invitation),
    Part(StudentIdentifier, "membership__course"),
    Part(Membership),
)
PARTS = (
    Part(Takeout),
    Part(Notification),
    Part(OutboxMessage, "guest__comment__post__course"),
    # What was written
    Part(SearchEntry),
    Part(SeenComments, "post__course"),
    Part(RotaEntry, "post__course"),
    Part(CommentUse, "comment__post__course"),
    Part(Passage, "comment__post__course"),
    Part(CommentRevision, "comment__post__course"),
    Part(ImportedComment, "imported_post__course"),
    Part(GuestComment, "comment__post__course"),
    Part(ModerationCase, below=((Report, "case"), (ModerationEvent, "case"))),
    Part(Draft, "post__course"),
    Part(Comment, "post__course", answers="replies"),
    Part(DraftSnapshot, "post__course"),
    Part(ProcessMoment, "note__post__course"),
    Part(ProcessNote, "post__course"),
    Part(HelpStatement, "post__course"),
    Part(PostLink, "post__course"),
    Part(PostLink, "linked__course"),
    Part(BlogEntry, "blog__course"),
    Part(OwnBlog),
    Part(ImportedPost),
    # Grades, with their history
    Part(SeenFeedback, "grading__prompt__course"),
    Part(HeldChange, "grading__prompt__course"),
    Part(Settlement, "grading__prompt__course"),
    Part(SecondGrading, "draw__prompt__course"),
    Part(SecondGradingDraw, "prompt__course"),
    Part(Score, "grading__prompt__course"),
    Part(Grading, "prompt__course"),
    Part(GradingEvent, "prompt__course"),
    Part(GradingTime, "prompt__course"),
    Part(GradeAdoption, "prompt__course"),
    Part(FeedbackReplyRevision, "reply__prompt__course"),
    Part(FeedbackReply, "prompt__course"),
    Part(Message.students.through, "message__prompt__course"),
    Part(Message, "prompt__course"),
    Part(OpenPlace, "place__prompt__course"),
    Part(QueuePlace, "prompt__course"),
    Part(Extension, "prompt__course"),
    Part(Calibration.posts.through, "calibration__prompt__course"),
    Part(Calibration, "prompt__course"),
    # Works, posts and prompts
    Part(Reference, "post__course"),
    Part(WorkMerge, "duplicate__course"),
    Part(WorkVerification, "work__course"),
    Part(Prompt.required_works.through, "prompt__course"),
    Part(Work),
    Part(Picture, "post__course"),
    Part(Post, below=((Revision, "post"),)),
    Part(NormProposal),
    Part(Norm),
    Part(Prompt),
    Part(Level, "criterion__rubric__course"),
    Part(Criterion, "rubric__course"),
    Part(ParticipationRule),
    Part(Rubric),
    # What instructors brought in or told
    Part(LmsFile),
    Part(GradeImport),
    Part(RosterImport),
    Part(Announcement),
    Part(Section),
    Part(Pod),
)


class Gone(Exception):
    """Another tick has erased the last of a course."""


def hide_courses_to_erase() -> int:
    """Hide the courses whose day has come from everybody; return their number.

    Of one whose people were not told a week ahead the day moves: ``tell_of_course_dates``.
    """
    tomorrow = days_from_now(1)  # somewhere it is tomorrow already
    soon = Course.objects.not_erasing().filter(erased_on__lte=tomorrow)
    due = [
        course
        for course in soon.order_by("pk")
        if course.erased_on <= course.today() and was_told(course)
    ]
    return _with_each(due, hide_course)


def erase_hidden_courses() -> int:
    """Continue with hidden rows, for some seconds; return how many courses are gone now."""
    hidden = Course.objects.exclude(erasing_since=None).order_by("erasing_since", "pk")
    stops_at = time.monotonic() + SECONDS_PER_TICK
    return _with_each(hidden, partial(erase_hidden_course, stops_at=stops_at))


def _with_each(courses: Iterable[Course], act: Callable[[Course], bool]) -> int:
    """Call a function for each course; return the number of courses.

    One that fails, as of a file that cannot be deleted, keeps none of the others, and is tried
    again by the next tick. Its error is raised when the others are done.
    """
    done, failure = 0, None
    for course in courses:
        try:
            done += act(course)
        except Exception as error:
            logger.exception("The course %s was not erased", course.pk)
            failure = error
    if failure is not None:
        raise failure
    return done


def hide_course(course: Course) -> bool:
    """Let nobody see a course any more, in one transaction; False if its day is another by now.

    No membership, invitation or LMS leads there, and no post of it is anybody's: that is what each
    page, feed, search and mail asks already.
    """
    address = course.get_absolute_url()  # for which a tick has to read all addresses first
    with transaction.atomic():
        stored = _lock_with_contents(course)
        if stored is None or not _may_go(stored):
            return False
        _record_day(course)
        _delete_mails(course)
        _delete_takeouts(course)
        _empty_admin_log(course)
        _delete_launches(course)
        IdempotencyKey.objects.filter(result__startswith=address).delete()
        for part in DOORS:
            _delete(part.of(course))
        now = timezone.now()
        Post.objects.in_course(course).filter(deleted_at=None).update(deleted_at=now)
        Course.objects.filter(pk=course.pk).update(
            erasing_since=now,
            archived_at=now,
            can_be_joined=False,
            join_code=new_join_code(),
            version=F("version") + 1,
        )
    return True


def _lock_with_contents(course: Course) -> Course | None:
    """Lock a course that is to be hidden, in the order of all actions; None if it is no more so.

    Whoever changes a grade locks its prompt: of what is in the history from then on nothing is
    committed before the course is hidden.
    """
    for model in (Post, Prompt, Membership):
        _lock_rows(model._base_manager.filter(course=course))
    still = Course.objects.not_erasing().filter(pk=course.pk, erased_on=course.erased_on)
    stored = still.select_for_update().first()
    _lock_rows(Invitation.objects.filter(course=course))
    return stored


def _lock_rows(rows: QuerySet) -> None:
    list(rows.select_for_update(no_key=True).order_by("pk").values("pk"))


def _may_go(course: Course) -> bool:
    """Return whether its grades were kept for as long as they have to be, with prompts locked.

    Since the day was chosen one may have been changed, or a restore brought back a later last day.
    On the very day a change from late in the evening is not a year old: a later ``tick`` finds it.
    """
    if course.erased_on is None or course.erased_on < course.grades_kept_until:
        return False
    changed = course.last_graded_at
    return changed is None or changed <= timezone.now() - GRADES_NAMED_FOR


def erase_hidden_course(course: Course, *, stops_at: float | None = None) -> bool:
    """Delete all that is left of a hidden course; return whether that was ours, and it is gone.

    Files go last, with the rows that name them, and then the course: until then a tick finds it.
    """
    try:
        for rows, below in _rows_of(course, Part.next_of):
            while _delete_piece(course, rows, below):
                if stops_at is not None and time.monotonic() > stops_at:
                    return False
        _delete_files(course)
        return _delete_last(course)
    except Gone:
        return False


def _record_day(course: Course) -> None:
    counts = {
        "people": Membership.objects.in_course(course).count(),
        "posts": Post.objects.in_course(course).count(),
        "comments": Comment.objects.filter(post__course=course).count(),
    }
    told = {"field": ERASED_ON, "day": str(course.erased_on), "counts": counts}
    AuditEvent.record("course_date_came", course, by=None, course=course, **told)


def _delete_mails(course: Course) -> None:
    """Delete the mails that are about a course or something in it, sent or not."""
    own_blogs = OwnBlog.objects.filter(course=course)
    entries = BlogEntry.objects.filter(blog__course=course)
    members = Membership.objects.in_course(course)
    named = AuditEvent.objects.filter(course=course, action__in=("name_withheld", "name_printed"))
    takeouts = Takeout.objects.filter(course=course)
    about: dict[str, QuerySet] = {
        "announcement": Announcement.objects.filter(course=course),
        "entry": entries,
        "event": named,
        "membership": members,
        "message": Message.objects.filter(prompt__course=course),
        "own_blog": own_blogs,
        "prompt_id": Prompt.objects.filter(course=course),
        "takeout": takeouts,
    }
    dates = ("course_date", "course_date_changed")
    found = Q(template__in=dates, context__course=course.pk)
    for name, rows in about.items():
        for keys in _keys_in_pieces(rows):
            OutboxMessage.objects.filter(**{f"context__{name}__in": keys}).delete()
    mailed = Notification.objects.filter(course=course).exclude(mail_key="").values("mail_key")
    found |= Q(key__in=mailed) & ~Q(template="digest")  # which is about other courses too
    OutboxMessage.objects.filter(found).delete()


def _delete_takeouts(course: Course) -> None:
    """Delete the files that hold it; those of all courses are made again, without it."""
    for takeout in Takeout.objects.filter(course=course).select_for_update():
        transaction.on_commit(takeout.delete_file, robust=True)
    Takeout.objects.filter(course=course).delete()
    prepare_again([course.pk], but=None, tells=False)


def _empty_admin_log(course: Course) -> None:
    """Empty what the log of the admin site says of its rows: it copies their names."""
    for part in (
        Part(Course, "pk"),
        *(Part(Membership), Part(Prompt), Part(Rubric), Part(Post), Part(Work)),
        Part(Comment, "post__course"),
    ):
        model = part.model
        entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
        if not entries.exists():
            continue
        for keys in _keys_in_pieces(part.of(course)):
            named = entries.filter(object_id__in=[str(key) for key in keys])
            named.update(object_repr="", change_message="")


def _keys_in_pieces(rows: QuerySet) -> Iterator[list[Any]]:
    """Yield the keys of rows in lists: a database takes no more than so many parameters at once."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), PIECE):
        yield keys[start : start + PIECE]


def _delete_launches(course: Course) -> None:
    """Delete what an LMS said of people whom it sent there."""
    for connected in PlatformCourse.objects.connected().filter(course=course):
        there = Launch.objects.filter(deployment=connected.deployment)
        there.filter(context_id=connected.context_id).delete()


def _rows_of(course: Course, rows_of: Callable[[Part, Course], QuerySet]) -> Iterator[Rows]:
    """Yield the rows of a course in an order in which they can go, those of other apps first."""
    answers: list[tuple[Any, Any]] = course_erased.send(sender=Course, course=course)
    for rows in (rows for _receiver, parts in answers for rows in parts):
        yield rows, ()
    for part in (*DOORS, *PARTS):  # somebody may have come in by a door as it was closed
        yield rows_of(part, course), part.below


def _delete_piece(course: Course, rows: QuerySet, below: Below) -> int:
    """Delete some rows in one transaction; return how many."""
    keys = list(rows.order_by().values_list("pk", flat=True)[:PIECE])
    if keys:
        with transaction.atomic():
            _lock(course)
            for model, path in below:
                _delete(model._base_manager.filter(**{f"{path}__in": keys}))
            _delete(rows.model._base_manager.filter(pk__in=keys))
    return len(keys)


def _lock(course: Course) -> None:
    """Lock the course: other ticks wait, and whoever would still add something to it."""
    if not Course.objects.select_for_update().filter(pk=course.pk).exists():
        raise Gone


def _delete(rows: QuerySet) -> None:
    """Delete rows by one statement. The order is ours, and the database refuses any other.

    Django would load them and all that point to them, and would refuse what protects each other.
    """
    rows._raw_delete(rows.db)


def _delete_files(course: Course) -> None:
    """Delete the pictures of a course, also those that no row names, and blogs to import."""
    storage = Picture._meta.get_field("large").storage
    folder = f"pictures/{course.pk}"
    try:
        for name in storage.listdir(folder)[1]:
            storage.delete(f"{folder}/{name}")
        storage.delete(folder)
    except FileNotFoundError:  # it has none
        pass
    for imported in WordPressImport.objects.filter(course=course):
        imported.delete_media()
        with transaction.atomic():
            _lock(course)
            _delete(WordPressImport.objects.filter(pk=imported.pk))


def _delete_last(course: Course) -> bool:
    """Delete the course itself, with rows of whoever came before it was hidden.

    Also files: a picture whose row is saved from now on finds no post, and goes by itself. The
    record stays: the key, the address that it had, and how much it was.
    """
    with transaction.atomic():
        _lock(course)
        for rows, below in _rows_of(course, Part.of):
            for model, path in below:
                _delete(model._base_manager.filter(**{f"{path}__in": rows.values("pk")}))
            _delete(rows)
        _delete_files(course)
        day = AuditEvent.objects.filter(course=course, action="course_date_came")
        came = day.filter(data__field=ERASED_ON).order_by("pk").last()
        counts = came.data["counts"] if came else {}
        AuditEvent.objects.filter(course=course).update(course=None)
        AuditEvent.record("course_erased", course, by=None, slug=course.slug, **counts)
        _delete(Course.objects.filter(pk=course.pk))
        forget_deleted_words()
    return True
