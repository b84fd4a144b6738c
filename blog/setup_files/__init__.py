"""
Set-ups of courses as files: settings, charter, rubrics and prompts, and no people.

The format is JSON, and docs/course-set-up.md describes it. Pure, and without words for people:
what is wrong in a file are short keys.
"""

from blog.setup_files.parser import MAX_BYTES, MAX_CRITERIA, MAX_LEVELS, read_setup
from blog.setup_files.serializer import write_setup
from blog.setup_files.setup import (
    Setup,
    SetupCriterion,
    SetupFile,
    SetupLevel,
    SetupNorm,
    SetupProblem,
    SetupPrompt,
    SetupRefused,
    SetupRubric,
)
from blog.setup_files.shifting import shifted, weeks_between

__all__ = [
    "MAX_BYTES",
    "MAX_CRITERIA",
    "MAX_LEVELS",
    "Setup",
    "SetupCriterion",
    "SetupFile",
    "SetupLevel",
    "SetupNorm",
    "SetupProblem",
    "SetupPrompt",
    "SetupRefused",
    "SetupRubric",
    "read_setup",
    "shifted",
    "weeks_between",
    "write_setup",
]
