"""The extensions of a prompt, as its instructors see them."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import get_language

from blog.models import Course, Extension, Prompt, User, version_of
from blog.models.extensions import extended_until
from blog.text.names import sort_key


def extensions_of(prompt: Prompt) -> tuple[list[Extension], list[Extension]]:
    """Return the extensions that students have, and those that were taken back, by name; one query.

    They are in the order of the reader's language, by names that do not give away a withheld one.
    """
    extensions = Extension.objects.filter(prompt=prompt).select_related("student", "given_by")
    language = get_language() or "en"
    ordered = sorted(extensions, key=lambda one: sort_key(str(one.student), language))
    current = [one for one in ordered if one.taken_back_at is None]
    return current, [one for one in ordered if one.taken_back_at is not None]


def seen_versions(extensions: Iterable[Extension]) -> str:
    """Return the versions of the shown extensions, for a page's forms to send."""
    return " ".join(version_of(extension) for extension in extensions)


def own_extensions(student: User) -> QuerySet[Extension]:
    """Return a student's own extensions for prompts that they see, also those taken back."""
    own = Extension.objects.filter(student=student, prompt__in=Prompt.objects.visible_to(student))
    return own.select_related("prompt__course", "given_by")


def prompts_with_extension(student: User, course: Course) -> QuerySet[Prompt]:
    """Return the listed prompts of a course, each with a student's ``extended_until``."""
    prompts = Prompt.objects.in_course(course).listed()
    return prompts.annotate(**{"extended_until": extended_until("pk", student)})
