"""
Files of grades: those that an LMS wrote and reads back, and our own.

Pure, and without words for people: reasons are keys. `reader` opens the file of an LMS, `systems`
tells which one wrote it, `columns` which of its columns may be filled in, `numbers` how it writes
numbers, and `filling` writes grades into one column and leaves every other byte (ADR 0029).
"""

from blog.gradebook_files.columns import GradeColumn
from blog.gradebook_files.filling import FilledRow, GradeToWrite, fill
from blog.gradebook_files.reader import LmsGradebook, LmsRow, read_gradebook

__all__ = [
    "FilledRow",
    "GradeColumn",
    "GradeToWrite",
    "LmsGradebook",
    "LmsRow",
    "fill",
    "read_gradebook",
]
