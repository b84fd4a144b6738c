"""The set-up of a course, to be copied or written to a file; and what adding one would do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from blog.models import Course, Norm, Prompt, Rubric, Work
from blog.queries.rubric_words import CriterionContent, LevelContent
from blog.setup_files import (
    Setup,
    SetupCriterion,
    SetupLevel,
    SetupNorm,
    SetupPrompt,
    SetupRubric,
)
from blog.setup_files.fields import MOMENTS, PROMPT_FIELDS, SETTINGS_FIELDS


def setup_of(course: Course, *, numbers: Iterable[int] | None = None) -> Setup:
    """Return the set-up of a course, in six queries; no people and no posts.

    With ``numbers`` of prompts it is these prompts with their rubrics and works, and no charter.
    """
    works = Work.objects.order_by("label", "pk")
    prompts = Prompt.objects.in_course(course).prefetch_related(Prefetch("required_works", works))
    rubrics = Rubric.objects.in_course(course).prefetch_related("criteria__levels")
    norms: Iterable[Norm] = ()
    if numbers is None:
        is_used = Q(prompts__isnull=False) | Q(prompts_for_comments__isnull=False)
        rubrics = rubrics.filter(Q(archived_at=None) | is_used).distinct()
        norms = Norm.objects.in_course(course).current()
    else:
        prompts = prompts.filter(number__in=list(numbers))
        chosen = prompts.values("pk")
        is_used = Q(prompts__in=chosen) | Q(prompts_for_comments__in=chosen)
        rubrics = rubrics.filter(is_used).distinct()
    by_key = {rubric.pk: rubric_content(rubric) for rubric in rubrics}
    return Setup(
        settings={field.name: getattr(course, field.name) for field in SETTINGS_FIELDS},
        norms=tuple(SetupNorm(norm.name, norm.sentence) for norm in norms),
        rubrics=tuple(by_key.values()),
        prompts=tuple(_prompt(prompt, course, by_key) for prompt in prompts),
    )


def _prompt(prompt: Prompt, course: Course, rubrics: dict[int, SetupRubric]) -> SetupPrompt:
    values = {field.name: getattr(prompt, field.name) for field in PROMPT_FIELDS}
    for name in MOMENTS:
        if values[name] is not None:
            values[name] = values[name].astimezone(course.zone).replace(tzinfo=None)
    return SetupPrompt(
        values=values,
        rubric=_title_of(rubrics, prompt.rubric_id),
        required_works=tuple(work.csl for work in prompt.required_works.all()),
        comments_rubric=_title_of(rubrics, prompt.comments_rubric_id),
        link_name=prompt.link_name,
    )


def _title_of(rubrics: dict[int, SetupRubric], pk: int | None) -> str:
    return rubrics[pk].title if pk else ""


def rubric_content(rubric: Rubric) -> SetupRubric:
    """Return a rubric as a set-up has it; reads its criteria and levels."""
    return SetupRubric(
        rubric.title,
        tuple(
            SetupCriterion(
                title=criterion.title,
                description=criterion.description,
                weight_hundredths=criterion.weight_hundredths,
                levels=tuple(
                    SetupLevel(level.title, level.hundredths, level.description)
                    for level in criterion.levels.all()
                ),
            )
            for criterion in rubric.criteria.all()
        ),
    )


def criteria_contents(rubric: SetupRubric) -> list[CriterionContent]:
    """Return the criteria of a rubric as ``save_rubric`` takes them."""
    return [
        CriterionContent(
            title=criterion.title,
            description=criterion.description,
            weight_hundredths=criterion.weight_hundredths,
            levels=tuple(
                LevelContent(level.title, level.description, level.hundredths)
                for level in criterion.levels
            ),
        )
        for criterion in rubric.criteria
    ]


@dataclass(frozen=True)
class SetupPreview:
    """The parts of a set-up that a course has already.

    ``same`` are titles of rubrics that the course has with the same content, which are used again;
    ``renamed`` the new titles of those whose title another rubric has; ``norms`` and ``prompts``
    the names and titles, in lower case, that the course has already.
    """

    same: dict[str, Rubric]
    renamed: dict[str, str]
    norms: frozenset[str]
    prompts: frozenset[str]


def setup_preview(course: Course, setup: Setup) -> SetupPreview:
    """Return the parts of a set-up that a course has already, in five queries."""
    stored = {
        rubric.title: rubric
        for rubric in Rubric.objects.in_course(course).prefetch_related("criteria__levels")
    }
    taken = set(stored) | {rubric.title for rubric in setup.rubrics}
    same, renamed = {}, {}
    for rubric in setup.rubrics:
        other = stored.get(rubric.title)
        if other is not None and rubric_content(other) == rubric:
            same[rubric.title] = other
        elif other is not None:
            renamed[rubric.title] = _free_title(rubric.title, taken)
            taken.add(renamed[rubric.title])
    norms = Norm.objects.in_course(course).current().values_list("name", flat=True)
    titles = Prompt.objects.in_course(course).values_list("title", flat=True)
    return SetupPreview(same, renamed, _folded(norms), _folded(titles))


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def _free_title(title: str, taken: Sequence[str] | set[str]) -> str:
    """Return a title that no rubric has, with a number at its end."""
    longest = Rubric._meta.get_field("title").max_length or 120
    number = 2
    while (found := f"{title[: longest - 6]} ({number})") in taken:
        number += 1
    return found
