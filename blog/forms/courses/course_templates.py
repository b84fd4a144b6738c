"""Set-ups of ours to begin a course with, in the reader's language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.forms.charter.norm import TEMPLATE as NORMS
from blog.setup_files import (
    Setup,
    SetupCriterion,
    SetupLevel,
    SetupNorm,
    SetupPrompt,
    SetupRubric,
)
from blog.setup_files.fields import PROMPT_FIELDS, SETTINGS_FIELDS

MONDAY = datetime(2024, 1, 1)  # every template begins on it, and is moved to the course's term


@dataclass(frozen=True)
class CourseTemplate:
    """A set-up by its name, with what it is good for."""

    key: str
    name: str | Promise
    description: str | Promise
    make: Callable[[], Setup]


def template_setup(key: str, *, time_zone: str) -> Setup | None:
    """Return the set-up of a template in a zone, None for an unknown one."""
    found = next((one for one in COURSE_TEMPLATES if one.key == key), None)
    if found is None:
        return None
    made = found.make()
    return Setup(
        {**made.settings, "title": str(found.name), "time_zone": time_zone},
        made.norms,
        made.rubrics,
        made.prompts,
    )


def _settings(weeks: int) -> dict:
    values = {field.name: field.default for field in SETTINGS_FIELDS}
    first: date = MONDAY.date()
    return values | {"starts_on": first, "ends_on": first + timedelta(weeks=weeks, days=-3)}


def _norms() -> tuple[SetupNorm, ...]:
    return tuple(SetupNorm(str(name), str(sentence)) for name, sentence in NORMS)


def _last_minute(day: int) -> datetime:
    """Return 23:59 of a day, counted from the first Monday as 0."""
    return MONDAY + timedelta(days=day, hours=23, minutes=59)


def _prompt(
    number: int, question: str, days: tuple[int, int, int], *, rubric: str = "", **values: object
) -> SetupPrompt:
    """Return a prompt that opens, is due and closes for comments on these days."""
    opens, due, comments_due = days
    usual = {field.name: field.default for field in PROMPT_FIELDS}
    dates = {
        "opens_at": MONDAY + timedelta(days=opens),
        "due_at": _last_minute(due),
        "comments_due_at": _last_minute(comments_due),
    }
    title = _("Blog post %(number)d") % {"number": number}
    return SetupPrompt(usual | dates | {"title": title, "question": question} | values, rubric)


def _rubric(title: str, levels: Sequence[str], criteria: Sequence[tuple[str, str]]) -> SetupRubric:
    """Return a rubric whose levels are worth 0, 1, 2 … points."""
    steps = tuple(SetupLevel(name, points * 100) for points, name in enumerate(levels))
    made = tuple(SetupCriterion(name, steps, description) for name, description in criteria)
    return SetupRubric(title, made)


def _reflective_term() -> Setup:
    rubric = _rubric(
        _("Reflective post"),
        [_("Not yet"), _("Partly"), _("Well"), _("Beyond")],
        [
            (_("Own experience"), _("Says what happened, and what the author makes of it.")),
            (_("Ideas"), _("Uses ideas from the reading, and shows where they fit or fail.")),
            (_("References"), _("Cites what it uses, so that a reader finds it.")),
            (_("Clarity"), _("A classmate who has not read the sources can follow it.")),
        ],
    )
    questions = [
        _("Where did you last learn something that you were not looking for? What made it work?"),
        _("Who is in your network? Describe three people, and what passes between you."),
        _("What do you share in public, what do you keep, and where do you draw the line?"),
        _("Find a claim that many people share. How well do the sources support it?"),
        _("Read your first post again. What would you write differently today, and why?"),
    ]
    prompts = tuple(
        _prompt(
            number,
            question,
            (start, start + 13, start + 20),
            rubric=rubric.title,
            words_min=500,
            words_max=800,
            references_min=2,
            comments_min=2,
        )
        for number, question in enumerate(questions, start=1)
        for start in [14 * (number - 1)]
    )
    return Setup(_settings(weeks=13), _norms(), (rubric,), prompts)


def _weekly_seminar() -> Setup:
    rubric = _rubric(
        _("Weekly post"),
        [_("Not yet"), _("Partly"), _("Well")],
        [
            (_("Reading"), _("Takes one idea from the text, and says what follows from it.")),
            (_("Question"), _("Ends with a question that others can work on.")),
        ],
    )
    question = _(
        "Choose one sentence of this week’s text. Why does it matter, and what does it leave open?"
    )
    prompts = tuple(
        _prompt(
            number,
            question,
            (start, start + 3, start + 6),
            rubric=rubric.title,
            words_min=200,
            words_max=400,
            references_min=1,
            comments_min=1,
            own_post_first=True,
        )
        for number in range(1, 11)
        for start in [7 * (number - 1)]
    )
    return Setup(_settings(weeks=10), _norms(), (rubric,), prompts)


def _workshop() -> Setup:
    questions = [
        (_("What do you want to be able to do after this workshop?"), (0, 1, 2)),
        (_("Show what you have made so far. Where do you want help?"), (3, 6, 8)),
        (_("What did you learn from the work of someone else here?"), (9, 11, 11)),
    ]
    prompts = tuple(
        _prompt(number, question, days, words_min=100, words_max=300, comments_min=2, rota="mixed")
        for number, (question, days) in enumerate(questions, start=1)
    )
    return Setup(_settings(weeks=2), _norms(), (), prompts)


COURSE_TEMPLATES = (
    CourseTemplate(
        "reflective",
        gettext_lazy("A term of reflective posts"),
        gettext_lazy("13 weeks: five posts of 500–800 words with references, one every two weeks."),
        _reflective_term,
    ),
    CourseTemplate(
        "seminar",
        gettext_lazy("A seminar of weekly posts"),
        gettext_lazy(
            "10 weeks: a short post on each week’s text by Thursday, one comment by Sunday."
        ),
        _weekly_seminar,
    ),
    CourseTemplate(
        "workshop",
        gettext_lazy("A short workshop"),
        gettext_lazy("Two weeks: three short posts, without references and without a rubric."),
        _workshop,
    ),
)
