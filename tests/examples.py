"""Number of examples that a property is tried on."""

from hypothesis import settings


def examples(full: int) -> int:
    """Return ``full``, or the share of it that the profile of this run allows.

    A number given to ``settings`` as it is would count in every profile.
    """
    return max(1, full * settings.default.max_examples // 100)
