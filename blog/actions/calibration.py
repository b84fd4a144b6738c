"""Begin and end the calibration of the graders of a prompt."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import AuditEvent, Calibration, Post, Prompt, User
from blog.queries.calibration import calibratable_posts


def begin_calibration(prompt: Prompt, posts: Collection[Post], *, by: User) -> Calibration:
    """Let all graders of a prompt grade two or three posts first; these replace earlier ones."""
    access.require(
        access.can_compare_graders(by, prompt.course),
        _("Only instructors can choose the posts that everyone grades first."),
    )
    with transaction.atomic():
        prompt.lock()
        if prompt.rubric_id is None:
            raise Refused(_("Calibration compares levels, and this prompt has no rubric."))
        if not Calibration.MIN_POSTS <= len(posts) <= Calibration.MAX_POSTS:
            raise Refused(_("Choose two or three posts."))
        fit = set(calibratable_posts(prompt, by).values_list("pk", flat=True))
        if not {post.pk for post in posts} <= fit:
            raise Refused(_("One of these posts can no longer be chosen. Choose again."))
        begun = {"begun_by": by, "begun_at": timezone.now(), "ended_at": None}
        calibration, _created = Calibration.objects.update_or_create(prompt=prompt, defaults=begun)
        calibration.posts.set(posts)
        AuditEvent.record(
            "calibration_begun",
            prompt,
            by=by,
            course=prompt.course,
            posts=sorted(post.pk for post in posts),
        )
    return calibration


def end_calibration(prompt: Prompt, *, by: User) -> None:
    """Show what graders chose so far, and ask nobody any more to grade these posts first."""
    access.require(
        access.can_compare_graders(by, prompt.course),
        _("Only instructors can end a calibration."),
    )
    with transaction.atomic():
        prompt.lock()
        running = Calibration.objects.filter(prompt=prompt, ended_at=None)
        if running.update(ended_at=timezone.now()):
            AuditEvent.record("calibration_ended", prompt, by=by, course=prompt.course)
