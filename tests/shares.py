"""Which tests each process runs first, where several share them out.

pytest-xdist gives each process an equal part of the list, and lets whoever is done take from the
end of another's. A test of a minute that stands at the end of its part is what all wait for.
"""

from itertools import cycle, groupby


def slow_first(items: list, workers: int) -> list:
    """Return the tests in such an order that each of the equal parts begins with slow ones.

    Those of one file stay together, as they may share what takes them so long.
    """
    slow = [item for item in items if item.get_closest_marker("slow")]
    quick = [item for item in items if not item.get_closest_marker("slow")]
    parts: list[list] = [[] for _ in range(workers)]
    files = groupby(slow, key=lambda item: item.path)
    for part, (_path, of_file) in zip(cycle(parts), files, strict=False):
        part += of_file
    ordered = []
    for part in parts:
        filled = max(len(items) // workers - len(part), 0)
        ordered += part + quick[:filled]
        quick = quick[filled:]
    return ordered + quick
