"""Shares of the tests that each of several processes runs first.

pytest-xdist gives each process an equal part of the list, and lets whoever is done take from the
end of another's. A test of a minute that stands at the end of its part is what all wait for.
"""

from itertools import cycle, groupby


def slow_first(items: list, workers: int) -> list:
    """Return the tests in such an order that each of the equal parts begins with slow ones.

    Those of one file stay together, as they may share what takes them so long. Files that need no
    database come first: while one process migrates it, the others have something to do.
    """
    slow = [item for item in items if item.get_closest_marker("slow")]
    quick = [item for item in items if not item.get_closest_marker("slow")]
    parts: list[list] = [[] for _ in range(workers)]
    files = [list(of_file) for _path, of_file in groupby(slow, key=lambda item: item.path)]
    for part, of_file in zip(cycle(parts), sorted(files, key=_needs_database), strict=False):
        part += of_file
    ordered = []
    for part in parts:
        filled = max(len(items) // workers - len(part), 0)
        ordered += part + quick[:filled]
        quick = quick[filled:]
    return ordered + quick


def _needs_database(items: list) -> bool:
    return any(item.get_closest_marker("database") for item in items)
