"""Grade a prompt anonymously, or with names again."""

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.models import Prompt, User, revocations


def change_anonymity(prompt: Prompt, is_anonymous: bool, *, by: User) -> None:
    """Hide the names of students from the graders of a prompt, or show them from now on.

    It can be done at any time, and who did it when is kept: whoever asks later whether grades were
    given without names finds it. What is so already stays as it is, and leaves no trace.
    """
    access.require(
        access.can_edit_course(by, prompt.course),
        _("Only instructors can choose whether graders see names."),
    )
    with transaction.atomic():
        prompt.lock()
        if prompt.is_anonymous == is_anonymous:  # a second click
            return
        revocations.grade_anonymously(prompt, is_anonymous, by=by)
