"""Use of a course or a rubric by anybody: then it is not deleted."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Announcement, Course, Grading, Invitation, Post, Rubric
from blog.queries.rubric_words import is_used


def uses_of_course(course: Course) -> list[str]:
    """Return why a course cannot be deleted, a sentence for each reason; four queries."""
    uses = []
    others = course.memberships.count() - 1
    if others > 0:
        uses.append(
            ngettext(
                "%(count)d other person is or was a member.",
                "%(count)d other people are or were members.",
                others,
            )
            % {"count": others}
        )
    posts = Post.objects.in_course(course).count()
    if posts:
        message = ngettext(
            "There is %(count)d post, drafts and deleted ones included.",
            "There are %(count)d posts, drafts and deleted ones included.",
            posts,
        )
        uses.append(message % {"count": posts})
    if Invitation.objects.filter(course=course).open().exists():
        uses.append(_("People are invited. Withdraw the invitations first."))
    if Announcement.objects.filter(course=course).exists():
        uses.append(_("An announcement was sent."))
    return uses


def use_of_rubric(rubric: Rubric) -> str:
    """Return why a rubric cannot be deleted, "" if it can; at most four queries."""
    if rubric.prompts.exists() or rubric.prompts_for_comments.exists():
        return _("A prompt uses this rubric. Archive it to hide it from new prompts.")
    if is_used(rubric) or Grading.objects.filter(released_rubric=rubric).exists():
        return _("This rubric was used to grade someone. Archive it to hide it from new prompts.")
    return ""
