"""A course with a row of every model from which links lead to one, made by what there is.

``links_to_courses`` finds these models, so that a new one is asked for.
"""

from datetime import timedelta
from functools import cache
from uuid import uuid4

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from blog.models import (
    AuditEvent,
    Comment,
    Course,
    DraftSnapshot,
    FeedAddress,
    GradingEvent,
    GradingTime,
    HeldChange,
    IdempotencyKey,
    ImportedComment,
    ImportedPost,
    LineItem,
    ModerationEvent,
    Notification,
    OpenPlace,
    OutboxMessage,
    PlatformScore,
    Post,
    PostLink,
    Report,
    SecondGrading,
    SecondGradingDraw,
    SeenComments,
    SeenFeedback,
    Settlement,
    StudentIdentifier,
    Takeout,
    WorkVerification,
    notification_to,
    store_notifications,
)
from blog.models.guest_comments import guest_mail
from blog.models.outbox import mail_to, queue_mails
from blog.models.search import rebuild_search
from network import ties
from network.models import FigurePeer, NetworkChoices, NetworkFigure, WeeklyChoice
from tests import factories
from tests.action_world import make_world

# It outlives its course, and what it is about is a word and a number.
OUTLIVES = {AuditEvent}


@cache
def links_to_courses() -> tuple[tuple[type[models.Model], models.Field], ...]:
    """Return each link that leads to a course, or to what leads there, with the model that has it.

    Also of models between two that have many of each other, and of those that are not checked.
    """
    links = [
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.is_relation and model not in OUTLIVES
    ]
    leading, grows = {Course}, True
    while grows:
        found = {model for model, field in links if field.related_model in leading}
        grows = not found <= leading
        leading |= found
    return tuple((model, field) for model, field in links if field.related_model in leading)


def models_of_course() -> set[type[models.Model]]:
    return {model for model, _field in links_to_courses()}


def keys_of(course_pk: int) -> dict[type[models.Model], set]:
    """Return by model the keys of all rows from which links lead to a course."""
    keys: dict[type[models.Model], set] = {model: set() for model in models_of_course()}
    keys[Course] = {course_pk}
    grows = True
    while grows:
        before = sum(map(len, keys.values()))
        for model, field in links_to_courses():
            rows = model._base_manager.filter(**{f"{field.attname}__in": keys[field.related_model]})
            keys[model] |= set(rows.values_list("pk", flat=True))
        grows = sum(map(len, keys.values())) > before
    return keys


# Of a grade that was last changed longer ago than it has to be kept.
GRADED_LONG_AGO = timedelta(days=400)


def let_its_day_come(course):
    """Let a course be over for more than a year, and the day come of which everybody was told.

    Whoever makes a grading event in it gives it a time long ago: no event can be changed later.
    """
    today = course.today()
    Course.objects.filter(pk=course.pk).update(
        starts_on=today - timedelta(days=500),
        ends_on=today - timedelta(days=365),
        erased_on=today,
        dates_told=f"erased_on {today} 30\nerased_on {today} 7\n",
    )
    course.refresh_from_db()


def make_old_event(grading, by):
    """Make an event of a grade's history that is old enough to go with its course."""
    at = timezone.now() - GRADED_LONG_AGO
    event = GradingEvent.of(grading, by=by, kind=GradingEvent.Kind.SAVED, at=at)
    event.save()
    return event


def fill(course, people):
    """Fill a course with what there is; ``people`` are by role, and in the course already."""
    ada, bob = people["owner"], people["peer"]
    instructor, assistant = people["instructor"], people["assistant"]
    # Of the course before: what each person has once, and a key that there is once.
    FeedAddress.objects.all().delete()
    OutboxMessage.objects.filter(key="k").update(key=str(uuid4()))
    world = make_world(people, course)
    prompt = world.prompt
    members = course.memberships
    members.filter(user=bob).update(
        pod=factories.make_pod(course), section=factories.make_section(course)
    )
    StudentIdentifier.objects.create(
        membership=members.get(user=ada), system="canvas", kind="id", value=f"V{course.pk}"
    )
    fill_posts(world, course, ada, bob)
    fill_grades(world, course, ada, bob, instructor, assistant)
    fill_networks(world, course, ada, bob)
    prompt.required_works.add(world.shared_work)
    connected = world.connected
    factories.make_platform_member(connected, bob)
    factories.make_launch(bob, connected.platform, context_id=connected.context_id)
    item = LineItem.objects.create(
        platform_course=connected, prompt=prompt, kind="post", url="https://x.edu/1"
    )
    PlatformScore.objects.create(line_item=item, student=bob)
    factories.make_takeout(ada, course)
    factories.make_takeout(bob)
    rebuild_search(course)
    ties.rebuild(course)
    tell(course, world, bob)
    return world


def fill_posts(world, course, ada, bob):
    now, post = timezone.now(), world.post
    revision = factories.publish_again(post)
    comment = factories.make_comment(bob, post)
    answer = factories.make_comment(ada, post, parent=comment)
    factories.make_passage(comment, "words", revision)
    factories.make_comment_use(comment, revision)
    factories.make_former_text(comment)
    factories.make_rota_entry(bob, post)
    factories.make_help_statement(post)
    factories.make_process_note(world.peers_post, moments=["It began."])
    factories.make_picture(world.peers_post)
    factories.make_draft_comment(bob, post, kind="reply", parent=comment)
    factories.make_draft_comment(ada, post, kind="edit", comment=answer)
    DraftSnapshot.objects.create(user=ada, post=post, title="A", text="Half a thought.")
    PostLink.objects.create(post=world.peers_post, linked=post)
    SeenComments.objects.create(user=ada, post=post, seen_at=now)
    WorkVerification.objects.create(work=world.work, due_at=now)
    citing = factories.make_post(ada, course, "Cited here")
    factories.make_work(course, doi="", post=citing)
    imported = ImportedPost.objects.create(
        course=course, post=post, wordpress_import=world.finished_wordpress_import, key="a" * 64
    )
    ImportedComment.objects.create(
        imported_post=imported,
        comment=comment,
        wordpress_import=world.finished_wordpress_import,
        key="b" * 64,
    )
    case = world.report.case
    event = ModerationEvent.objects.create(case=case, kind="report", report=world.report)
    undo = ModerationEvent.objects.create(case=case, kind="undo", undoes=event)
    Report.objects.filter(pk=world.report.pk).update(closed_by=undo, closed_at=now)
    IdempotencyKey.objects.create(
        user=ada, key=uuid4(), action=f"post_new {course.pk}", result=post.get_absolute_url()
    )


def fill_grades(world, course, ada, bob, instructor, assistant):
    now, grading = timezone.now(), world.released_grading
    factories.make_former_reply(factories.make_feedback_reply(grading.post))
    graded = world.complete_grading
    factories.make_comments_grading(world.prompt, bob, instructor)
    draw = SecondGradingDraw.objects.create(prompt=graded.prompt, seed=1, drawn_by=instructor)
    SecondGrading.objects.create(draw=draw, first=graded, grader=assistant)
    criterion = graded.prompt.rubric.criteria.first()
    low, high = criterion.levels.all()[:2]
    Settlement.objects.create(
        grading=graded, criterion=criterion, level=low, former_level=high, settled_by=instructor
    )
    HeldChange.objects.create(grading=grading, text="Half a word.")
    SeenFeedback.objects.create(grading=grading, seen_at=now)
    GradingTime.objects.create(grader=instructor, prompt=grading.prompt, student=ada, seconds=70)
    make_old_event(grading, instructor)
    place = world.prompt.queue_places.first()
    OpenPlace.objects.create(place=place, grader=instructor, seen_at=now)


def fill_networks(world, course, ada, bob):
    picture = factories.make_picture(world.public_post, "A figure")
    figure = NetworkFigure.objects.create(picture=picture, owner=ada, day=course.starts_on)
    FigurePeer.objects.create(figure=figure, peer=bob, number=1)
    choices = NetworkChoices.objects.create(course=course, person=ada)
    choices.left_posts.add(world.post)
    choices.left_works.add(world.work)
    WeeklyChoice.objects.create(course=course, student=bob, week=course.starts_on, picks=[])


def tell(course, world, bob):
    """Queue a mail and store a notification of everything, and write the logs of it."""
    invitation = world.invitation
    queue_mails([invitation.mail(), guest_mail(world.guest_comment, "guest_comment_received")])
    Kind = Notification.Kind
    about = {
        Kind.REPLY: Comment.objects.filter(post__course=course).first(),
        Kind.GIVEN: Post.objects.in_course(course).select_related("course").first(),
        Kind.FEEDBACK: world.released_grading,
        Kind.ANNOUNCEMENT: world.announcement,
        Kind.REPORT: world.report,
        Kind.DECISION: world.proposal,
        Kind.EXTENSION: world.extension,
    }
    store_notifications(
        notification_to(bob, kind, row, mail_key=f"of:{course.pk}:{kind}")
        for kind, row in about.items()
    )
    named = AuditEvent.objects.create(action="name_withheld", target="membership:1", course=course)
    keys = {
        "course_date": {"course": course.pk, "field": "read_only_on", "day": "2026-12-01"},
        "course_date_changed": {
            "course": course.pk,
            "field": "erased_on",
            "before": "2026-12-01",
        },
        "announcement": {"announcement": world.announcement.pk},
        "message": {"message": world.message.pk},
        "name_withholding_asked": {"membership": world.membership.pk},
        "name_decided": {"event": named.pk},
        "own_blog_broken": {"own_blog": world.own_blog.pk},
        "own_entry_gone": {"entry": world.own_blog.entries.first().pk},
        "feedback_released": {"prompt_id": world.prompt.pk},
        "takeout_ready": {"takeout": Takeout.objects.get(course=course).pk},
    }
    mails = [
        mail_to(bob, template, key=f"of:{course.pk}:{template}", **context)
        for template, context in keys.items()
    ]
    mails.append(mail_to(bob, "reply", key=f"of:{course.pk}:{Kind.REPLY}"))
    queue_mails(mails)
    LogEntry.objects.create(
        user=bob,
        content_type=ContentType.objects.get_for_model(Course),
        object_id=str(course.pk),
        object_repr=course.title,
        action_flag=2,
    )
