"""The question before publishing: what a text leaves open that its author was not asked before."""

from collections.abc import Collection
from dataclasses import dataclass, field

from blog.citations.consistency import MAX_ASKED, Finding
from blog.models import Comment
from blog.queries.editor import UnknownKey
from blog.queries.prompt_progress import PromptProgress


@dataclass(frozen=True)
class PublishQuestion:
    """The open points of a text to ask about: one field for each kind, false where none is new."""

    words: bool = False
    references: bool = False
    is_late: bool = False
    help_statement: bool = False
    unknown_keys: list[UnknownKey] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)

    def __bool__(self) -> bool:
        lists = (self.unknown_keys, self.findings, self.comments)
        alone = (self.words, self.references, self.is_late, self.help_statement)
        return any((*alone, *lists))


def publish_question(
    context: dict, left_open: dict[str, int], *, used: Collection[int] = ()
) -> PublishQuestion:
    """Return the question, by the editor's context and the points the last publication left open.

    A point that was open then is asked about again only if more is missing now. ``used`` are the
    keys of the comments whose author is known to have used them: of those nothing is asked.
    """
    now = open_points(context)
    plan = context["revision_plan"]
    new = {name for name, size in now.items() if size > left_open.get(name, 0)}
    return PublishQuestion(
        words=bool(new & {"words missing", "words over"}),
        references="references missing" in new,
        is_late="late" in new,
        help_statement="help missing" in new,
        unknown_keys=[one for one in _unknown_keys(context) if _unknown(one) in new],
        findings=[one for one in context["findings"] if _finding(one) in new],
        comments=[one for one in plan.comments if _comment(one) in new and one.pk not in used],
    )


def open_points(context: dict) -> dict[str, int]:
    """Return the open points of a text: a name for each point, and how much is missing."""
    points = _of_prompt(context["progress"])
    points |= {_unknown(one): 1 for one in _unknown_keys(context)}
    points |= {_finding(one): 1 for one in context["findings"]}
    plan = context["revision_plan"]
    if plan.is_due:
        points |= {_comment(one): 1 for one in plan.comments}
    return {name: size for name, size in points.items() if size > 0}


def _of_prompt(progress: PromptProgress | None) -> dict[str, int]:
    if progress is None:
        return {}
    prompt, words = progress.prompt, progress.words
    return {
        "words missing": prompt.words_min - words,
        "words over": words - prompt.words_max if prompt.words_max is not None else 0,
        "references missing": prompt.references_min - progress.cited,
        "late": int(progress.is_late),
        "help missing": int(progress.lacks_help_statement),
    }


def _unknown_keys(context: dict) -> list[UnknownKey]:
    """Return the keys to ask about at once; of any others, the next publication asks."""
    return context["unknown_keys"][:MAX_ASKED]


def _unknown(unknown: UnknownKey) -> str:
    return f"unknown {unknown.key}"


def _comment(comment: Comment) -> str:
    return f"comment {comment.pk}"


def _finding(finding: Finding) -> str:
    """Name a finding by what it is about and not by its paragraph, which moves with the text."""
    return f"{finding.kind} {finding.snippet} {finding.other}"
