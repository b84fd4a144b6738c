"""Create and change prompts, with their required reading."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.actions.works import add_works, share_works
from blog.exceptions import Refused
from blog.models import AuditEvent, Course, Prompt, User, claim_version
from blog.models.prompts import RUBRIC_FIELDS


def save_prompt(prompt: Prompt, *, by: User, works: list, pasted: list[dict]) -> Prompt:
    """Save a new or changed prompt with its required reading.

    A changed one raises StaleVersion if somebody else saved it since it was loaded. A new one
    takes the course's next number; the course's row is locked, so that two instructors who create
    a prompt at the same moment get two numbers.
    """
    access.require(access.can_edit_course(by, prompt.course))
    is_new = prompt.pk is None
    with transaction.atomic():
        _refuse_other_grading(prompt)
        course = Course.objects.select_for_update(no_key=True).get(pk=prompt.course_id)
        if is_new:
            last = course.prompts.order_by("-number").first()
            prompt.number = last.number + 1 if last else 1
        else:
            claim_version(prompt)
        prompt.changed_at = timezone.now()
        prompt.save()
        added = add_works(course, pasted, by=by)
        # Everybody in the course sees what a prompt requires.
        prompt.required_works.set(share_works([*works, *added], by=by).values())
        action = "prompt_created" if is_new else "prompt_changed"
        AuditEvent.record(action, prompt, by=by, course=course)
    return prompt


def _refuse_other_grading(prompt: Prompt) -> None:
    """Refuse another rubric, or other names, for a prompt with grades.

    That is for ``change_rubric`` and ``change_anonymity``.
    """
    stored = Prompt.objects.select_for_update(no_key=True).filter(pk=prompt.pk).first()
    if stored is None:
        return
    for kind, field in RUBRIC_FIELDS.items():
        is_other = getattr(stored, f"{field}_id") != getattr(prompt, f"{field}_id")
        if is_other and stored.has_grades(kind):
            message = _(
                "This prompt has grades. Use “Change the rubric” to see what happens to them first."
            )
            raise Refused(message)
    if stored.is_anonymous != prompt.is_anonymous and stored.gradings.exists():
        raise Refused(_("This prompt has grades. Use “Anonymous grading” to hide or show names."))
