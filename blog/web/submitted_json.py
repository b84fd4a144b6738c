"""JSON that a form of ours sends back: anybody can have changed it."""

import json
import re
from typing import Any

# Half of a sign outside the first 65,536: JSON can name one alone, and no encoding can write it.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class SubmittedJSONDecoder(json.JSONDecoder):
    """Decode JSON without the characters that no page and no table can have.

    Raises only ``JSONDecodeError``, for too many levels and too long a number as well: the form
    fields of Django expect no other.
    """

    def decode(self, s: str, *args: Any) -> Any:
        try:
            value = super().decode(s, *args)
            written, count = LONE_SURROGATE.subn("", json.dumps(value, ensure_ascii=False))
            return super().decode(written) if count else value
        except json.JSONDecodeError:
            raise
        except (RecursionError, ValueError) as error:
            raise json.JSONDecodeError(str(error), s, 0) from error


def read_submitted_json(text: str) -> object:
    """Return the value of a JSON text; raises ``JSONDecodeError``, a ``ValueError``."""
    return json.loads(text, cls=SubmittedJSONDecoder)
