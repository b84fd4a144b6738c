"""Write the file of a set-up."""

import json
from typing import Any

from blog.setup_files.fields import (
    LINK_NAME,
    NORM_FIELDS,
    PROMPT_FIELDS,
    PROMPT_RUBRICS,
    SETTINGS_FIELDS,
    write_values,
)
from blog.setup_files.setup import (
    FORMAT,
    VERSION,
    Setup,
    SetupCriterion,
    SetupLevel,
    SetupPrompt,
    SetupRubric,
)


def write_setup(setup: Setup, *, compact: bool = False) -> str:
    """Return a set-up as JSON, in lines or as short as can be.

    Equal ones are the same text, but for the names in links.
    """
    norms = [{"name": norm.name, "sentence": norm.sentence} for norm in setup.norms]
    content = {
        "format": FORMAT,
        "version": VERSION,
        "course": write_values(SETTINGS_FIELDS, setup.settings),
        "charter": [write_values(NORM_FIELDS, norm) for norm in norms],
        "rubrics": [_rubric(rubric) for rubric in setup.rubrics],
        "prompts": [_prompt(prompt) for prompt in setup.prompts],
    }
    if compact:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _rubric(rubric: SetupRubric) -> dict[str, Any]:
    return {"title": rubric.title, "criteria": [_criterion(one) for one in rubric.criteria]}


def _criterion(criterion: SetupCriterion) -> dict[str, Any]:
    written: dict[str, Any] = {"title": criterion.title}
    if criterion.description:
        written["description"] = criterion.description
    if criterion.weight_hundredths != 100:
        written["weight"] = _number(criterion.weight_hundredths)
    return written | {"levels": [_level(level) for level in criterion.levels]}


def _level(level: SetupLevel) -> dict[str, Any]:
    written: dict[str, Any] = {"title": level.title, "points": _number(level.hundredths)}
    return written | ({"description": level.description} if level.description else {})


def _prompt(prompt: SetupPrompt) -> dict[str, Any]:
    written = write_values(PROMPT_FIELDS, prompt.values)
    others = (*PROMPT_RUBRICS, LINK_NAME.name)
    written |= {name: getattr(prompt, name) for name in others if getattr(prompt, name)}
    if prompt.required_works:
        written["required_works"] = [dict(csl) for csl in prompt.required_works]
    return written


def _number(hundredths: int) -> int | float:
    whole, rest = divmod(hundredths, 100)
    return whole if rest == 0 else hundredths / 100
