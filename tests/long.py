"""Which cases of a table are tried at each commit, and which in the long run alone."""

import pytest


def few_of(cases, each: int) -> list:
    """Return the cases of a table, all but one of ``each`` marked for ``make test-long``."""
    return [
        case if place % each == 0 else pytest.param(case, marks=pytest.mark.long)
        for place, case in enumerate(cases)
    ]


def all_but(few, cases) -> list:
    """Return the cases of a table, those that are not among the few marked for the long run."""
    return [case if case in few else pytest.param(case, marks=pytest.mark.long) for case in cases]
