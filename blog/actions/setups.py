"""Open courses from a set-up, and add one to a course: prompts, rubrics and charter."""

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.actions.charter import start_charter
from blog.actions.courses import create_course
from blog.actions.prompts import save_prompt
from blog.actions.rubrics import save_rubric
from blog.exceptions import Refused
from blog.models import AuditEvent, Course, Prompt, Rubric, User, lock_courses
from blog.models.prompt_dates import moment_on_clock
from blog.queries.course_setup import SetupPreview, criteria_contents, setup_preview
from blog.setup_files import Setup, SetupPrompt
from blog.setup_files.fields import MOMENTS, PROMPT_RUBRICS
from blog.text.lists import isolated


def create_course_from(setup: Setup, *, by: User, **fields) -> Course:
    """Open a course that begins with the prompts, rubrics and charter of a set-up.

    ``fields`` are its settings, as ``create_course`` takes them. Raises Taken if another course has
    its address.
    """
    access.require(
        access.can_open_course(by),
        _("You do not have the right to open courses. Ask the people who run this site."),
    )
    with transaction.atomic():
        course = create_course(by=by, **fields)
        add_setup(course, setup, by=by)
    return course


def add_setup(course: Course, setup: Setup, *, by: User, as_drafts: bool = False) -> list[Prompt]:
    """Add the prompts, rubrics and norms of a set-up to a course; return the new prompts.

    ``as_drafts``: only the teaching team sees the prompts until somebody publishes them.
    The settings of the course stay. A rubric that the course has with the same content is used
    again, and a norm whose name it has is left out. Dates are what the course's clock shows.
    """
    access.require(access.can_edit_course(by, course))
    with transaction.atomic():
        lock_courses([course.pk])  # what the course has already, and the numbers of its prompts
        has = setup_preview(course, setup)
        norms = [
            (norm.name, norm.sentence)
            for norm in setup.norms
            if norm.name.casefold() not in has.norms
        ]
        if norms:
            start_charter(course, norms, by=by, why=_("From the set-up of another course."))
        rubrics = _add_rubrics(course, setup, has, by)
        prompts = [
            _add_prompt(course, prompt, rubrics, by, as_draft=as_drafts) for prompt in setup.prompts
        ]
        AuditEvent.record(
            "setup_added",
            course,
            by=by,
            course=course,
            prompts=[prompt.number for prompt in prompts],
            rubrics=len(setup.rubrics) - len(has.same),
            norms=len(norms),
        )
    return prompts


def _add_rubrics(course: Course, setup: Setup, has: SetupPreview, by: User) -> dict[str, Rubric]:
    """Return the course's rubric for each of a set-up, by the title it has there."""
    rubrics = dict(has.same)
    for content in setup.rubrics:
        if content.title not in rubrics:
            title = has.renamed.get(content.title, content.title)
            rubric = Rubric(course=course, title=title)
            rubrics[content.title] = save_rubric(rubric, by=by, criteria=criteria_contents(content))
    return rubrics


def _add_prompt(
    course: Course, content: SetupPrompt, rubrics: dict[str, Rubric], by: User, *, as_draft: bool
) -> Prompt:
    values = dict(content.values)
    values["is_draft"] = values["is_draft"] or as_draft
    for name in MOMENTS:
        if values[name] is not None:
            values[name] = moment_on_clock(values[name], course.zone)
    by_field = {name: rubrics.get(getattr(content, name)) for name in PROMPT_RUBRICS}
    prompt = Prompt(course=course, **by_field, **values)
    # The caller holds the course, so no other copy takes the name meanwhile.
    if content.link_name and not course.prompts.filter(link_name=content.link_name).exists():
        prompt.link_name = content.link_name
    if not prompt.has_dates_in_order:
        message = _("The dates of “%(prompt)s” are not in order: it opens, then posts are due.")
        raise Refused(message % {"prompt": isolated(str(prompt))})
    return save_prompt(
        prompt, by=by, works=[], pasted=[dict(csl) for csl in content.required_works]
    )
