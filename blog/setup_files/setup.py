"""The content of a set-up, and the errors of a file of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FORMAT = "commonplace-course"
VERSION = 1


@dataclass(frozen=True, slots=True)
class SetupLevel:
    """A level of a criterion, with its points in hundredths."""

    title: str
    hundredths: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class SetupCriterion:
    """A criterion of a rubric, with its levels from the lowest."""

    title: str
    levels: tuple[SetupLevel, ...]
    description: str = ""
    weight_hundredths: int = 100


@dataclass(frozen=True, slots=True)
class SetupRubric:
    """A rubric; prompts name it by its title."""

    title: str
    criteria: tuple[SetupCriterion, ...]


@dataclass(frozen=True, slots=True)
class SetupNorm:
    """A norm of the charter."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SetupPrompt:
    """A prompt: the values of ``PROMPT_FIELDS`` by their names, its rubrics' titles, its works.

    Its moments are what the course's clock shows, without a zone; its works are CSL records. Links
    in an LMS have its ``link_name``, by which a prompt differs from no other that is the same.
    """

    values: Mapping[str, Any]
    rubric: str = ""
    required_works: tuple[Mapping[str, Any], ...] = ()
    comments_rubric: str = ""
    link_name: str = field(default="", compare=False)

    @property
    def title(self) -> str:
        return self.values["title"]


@dataclass(frozen=True, slots=True)
class Setup:
    """The first content of a course. ``settings`` are the values of ``SETTINGS_FIELDS``."""

    settings: Mapping[str, Any]
    norms: tuple[SetupNorm, ...] = ()
    rubrics: tuple[SetupRubric, ...] = ()
    prompts: tuple[SetupPrompt, ...] = ()


@dataclass(frozen=True, slots=True)
class SetupFile:
    """A set-up as it was read, with the places of a file that nothing here knows."""

    setup: Setup
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetupProblem:
    """One thing that is wrong: its kind, where, and what its words name.

    ``place`` is a path such as “prompts › 2 › due_at”, which counts from 1.
    """

    kind: str
    place: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


class SetupRefused(Exception):
    """A file is no set-up that can be read: ``problems``, at least one."""

    def __init__(self, *problems: SetupProblem) -> None:
        super().__init__(problems[0].kind)
        self.problems = problems
