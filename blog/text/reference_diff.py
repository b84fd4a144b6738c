"""Compare the lists of references of two texts."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ReferenceChanges:
    """The changes between two lists of references; ``changed`` has pairs of one key."""

    added: tuple[dict, ...]
    removed: tuple[dict, ...]
    changed: tuple[tuple[dict, dict], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def compare_references(old: Sequence[dict], new: Sequence[dict]) -> ReferenceChanges:
    """Return the changes between the references of two revisions, as in their snapshots."""
    before = {entry["key"]: entry for entry in old}
    after = {entry["key"]: entry for entry in new}
    return ReferenceChanges(
        added=tuple(entry for key, entry in after.items() if key not in before),
        removed=tuple(entry for key, entry in before.items() if key not in after),
        changed=tuple(
            (before[key], entry)
            for key, entry in after.items()
            if key in before and before[key]["csl"] != entry["csl"]
        ),
    )
