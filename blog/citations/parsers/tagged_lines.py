"""Records of files with a tag before each field, one field a line, and further lines of a field."""

from collections import defaultdict
from collections.abc import Callable, Iterator

MAX_FIELD_CHARS = 10_000

Fields = dict[str, list[str]]


def first_of(fields: Fields, tag: str) -> str:
    """Return the first text that a record has with a tag, "" for none."""
    return fields[tag][0] if fields[tag] else ""


def tagged_records(
    text: str,
    *,
    first: str,
    read: Callable[[str], tuple[str, str] | None],
    goes_on: Callable[[str], bool],
) -> Iterator[Fields]:
    """Yield the fields of each record by their tags; the tag ``first`` begins a record.

    ``read`` returns the tag and the text of a line, None for a line without a tag; such a line is
    more of the field above it if ``goes_on`` says so.
    """
    fields: Fields = defaultdict(list)
    tag = ""
    for line in text.split("\n"):
        found = read(line)
        if found and found[0] == first and fields:
            yield fields
            fields = defaultdict(list)
        if found:
            tag = found[0]
            fields[tag].append(found[1].strip())
        elif tag and goes_on(line) and len(fields[tag][-1]) < MAX_FIELD_CHARS:
            fields[tag][-1] += f" {line.strip()}"
    if fields:
        yield fields
