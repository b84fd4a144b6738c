"""
Rubrics as files: read and write the CSV of rubrics that Canvas exchanges.

Pure, and without words for people: what is wrong in a file are short keys.
"""

from blog.rubric_files.canvas import read_rubrics, write_rubric
from blog.rubric_files.rubric import (
    NO_HEADINGS,
    TOO_MANY_RUBRICS,
    FileCriterion,
    FileLevel,
    FileProblem,
    FileRubric,
    RubricFile,
)

__all__ = [
    "NO_HEADINGS",
    "TOO_MANY_RUBRICS",
    "FileCriterion",
    "FileLevel",
    "FileProblem",
    "FileRubric",
    "RubricFile",
    "read_rubrics",
    "write_rubric",
]
