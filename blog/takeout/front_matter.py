"""Front matter of a Markdown file, as YAML. Pure.

Strings are written in quotes, as JSON writes them, which YAML 1.1 and 1.2 read alike: whatever
somebody has typed is a string to every reader, and no line of it ends the block.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

# What JSON leaves as it is and a reader of YAML refuses, or takes for the end of a line.
ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")

Value = str | int | float | bool | date | datetime | Sequence[str] | None


def front_matter(fields: Mapping[str, Value]) -> str:
    """Return fields as a block of YAML; those that are empty are left out."""
    lines = [
        f"{name}: {_written(value)}\n"
        for name, value in fields.items()
        if value is not None and value != "" and value != []
    ]
    return "".join(["---\n", *lines, "---\n"])


def _written(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case str():
            return _quoted(value)
        case _:
            return f"[{', '.join(map(_quoted, value or ()))}]"


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
