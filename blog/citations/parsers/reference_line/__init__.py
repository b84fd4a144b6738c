"""
Parse a line of a reference list to a CSL record, as far as that is possible.

A printed list has less than a record (no italics, for one), so this guesses, and people see the
guess before it is saved. Nothing here raises. A line of another style is read where its form is
sure; what is not read is {}, and never half a record.
"""

from blog.citations.csl.fields import tidy
from blog.citations.parsers.csl_json import clean_csl
from blog.citations.parsers.reference_line.apa import read_apa_line
from blog.citations.parsers.reference_line.completeness import is_complete
from blog.citations.parsers.reference_line.formatting import has_shortened_address, without_links
from blog.citations.parsers.reference_line.other_styles import read_other_style
from blog.citations.parsers.reference_line.repeated_authors import with_repeated_authors
from blog.citations.parsers.reference_line.shapes import has_sound_fields
from blog.citations.parsers.reference_line.splitting import (
    Read,
    cleaned_line,
    split_entries,
    with_blanks,
)

__all__ = [
    "MAX_LINE_CHARS",
    "has_shortened_address",
    "read_apa",
    "whole_entries",
    "read_reference",
    "split_references",
]

MAX_LINE_CHARS = 4_000
# Marks of Chinese, Japanese and Arabic lines, which have no space of their own after them.
PUNCTUATION = str.maketrans(
    {"（": " (", "）": ") ", "，": ", ", "。": ". ", "．": ". ", "：": ": ", "；": "; ", "،": ", "}
    | {"ㆍ": "・"}  # of Korean names, and a letter for Unicode
)


def read_reference(line: str) -> dict:
    """Return the CSL record of one entry, {} if the line is not read for sure.

    A record that lost a word of its line, or has one in a field where it cannot be, is no reading
    of it; nor is one whose address a page has cut: “https://doi.org/10.1086/2254…”.
    """
    text = cleaned_line(without_links(line[:MAX_LINE_CHARS]))
    if has_shortened_address(text):
        return {}
    plain = " ".join(text.translate(PUNCTUATION).split())
    for variant in dict.fromkeys((text, plain, with_blanks(plain))):
        for read in (read_apa_line, read_other_style):
            record = read(variant)
            if record and is_complete(record, variant) and has_sound_fields(record):
                return clean_csl(record)
    return {}


def split_references(text: str, read: Read = read_reference) -> list[str]:
    """Return the entries of a pasted list, each on one line, and each note between them alone.

    ``read`` is ``read_reference``, or what remembers its records.
    """
    return split_entries(text, read)


def whole_entries(text: str, read: Read = read_reference) -> list[str]:
    """Return the entries of a pasted list as ``split_references`` does, each with its authors.

    The dash of “———. (2013).” is the authors of the entry above it.
    """
    return list(with_repeated_authors(split_references(text, read), read))


def read_apa(line: str) -> dict:
    """Return the CSL record of one entry; a line that is not read is a title."""
    record = read_reference(line)
    return record or {"type": "document", "title": tidy(line[:MAX_LINE_CHARS]) or line[:1]}
