"""CSL-JSON, which is what we keep: nothing is lost."""

import json
from collections.abc import Sequence


def write_csl(records: Sequence[dict]) -> str:
    """Write records as a list, in letters and not in escapes, for people who look into files."""
    return json.dumps(list(records), ensure_ascii=False, indent=2) + "\n"
