"""Read the demo's texts: Markdown files of sections, each with a heading.

`=== heading` opens a section, `--- a · b · c` an item inside one, and `+++ moment` a later version
of the text before it. The texts are prose and are easiest to write and read in files of their own.
"""

from collections.abc import Iterator
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"


def sections(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the heading and the body of every section in a file or folder of texts."""
    place = TEXTS / folder
    files = sorted(place.glob("*.md")) if place.is_dir() else [place.with_suffix(".md")]
    for file in files:
        yield from _split(file.read_text(encoding="utf-8"), "=== ")


def items(body: str) -> Iterator[tuple[list[str], str]]:
    """Yield the fields and the text of every item of a section."""
    for heading, text in _split(body, "--- "):
        yield [field.strip() for field in heading.split("·")], text


def fields(body: str) -> tuple[dict[str, str], str]:
    """Return the `name: value` lines at the top of a section, and the text after an empty line."""
    head, _, text = body.partition("\n\n")
    return dict(line.split(": ", 1) for line in head.splitlines()), text.strip()


def versions(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a text and its later versions, each with the moment it was published."""
    first, *later = f"\n{text}".split("\n+++ ")
    return first.strip(), [_heading_and_rest(part) for part in later]


def moment(written: str) -> tuple[int, int, int]:
    """Parse `8 19:42`: the day counted from the start of the course, the hour, the minute."""
    day, _, clock = written.partition(" ")
    hour, _, minute = clock.partition(":")
    return int(day), int(hour), int(minute)


def _split(text: str, sign: str) -> Iterator[tuple[str, str]]:
    for part in f"\n{text}".split(f"\n{sign}")[1:]:
        yield _heading_and_rest(part)


def _heading_and_rest(part: str) -> tuple[str, str]:
    heading, _, rest = part.partition("\n")
    return heading.strip(), rest.strip()
