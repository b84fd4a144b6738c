"""Write CSL-JSON, the format of the records themselves: nothing is lost."""

import json
from collections.abc import Sequence


def write_csl(records: Sequence[dict]) -> str:
    """Return records as a JSON list, indented and without escapes, for people who open the file."""
    return json.dumps(list(records), ensure_ascii=False, indent=2) + "\n"
