"""Accuracy of works: the floors under the figures that the benchmarks print.

The samples are made up, the same ones each time. A change that loses a few entries of one kind
fails here; ``python -m tests.benchmarks.bench_reference_lines --show`` names them.
"""

from collections import Counter

import pytest

from blog.citations import format_entry
from blog.citations.exporters import write_bibtex, write_ris
from blog.citations.parsers import clean_csl, read_references
from tests.benchmarks.bench_reference_lines import measure
from tests.benchmarks.bench_references import SHAPES, made_up
from tests.blog.citations.apa.test_entry_properties import faults, odd

WORKS_OF_A_KIND = 8


@pytest.fixture(scope="module")
def works():
    """Return some works of every kind that reference managers have."""
    return [clean_csl(record) for record in made_up(WORKS_OF_A_KIND * len(SHAPES))]


def share(rights) -> float:
    rights = list(rights)
    return sum(rights) / len(rights)


def test_nine_of_ten_entries_of_a_list_are_read_right():
    lines, right = Counter(), Counter()
    for kind, _line, wrong_parts in measure():
        lines[kind] += 1
        right[kind] += not wrong_parts

    assert right.total() >= 0.9 * lines.total()
    assert right["chapter"] >= 0.9 * lines["chapter"]


@pytest.mark.parametrize("write", [write_bibtex, write_ris])
def test_works_are_the_same_entries_after_a_file(works, write):
    same = [format_entry(read_references(write([work]))[0]) == format_entry(work) for work in works]

    assert share(same) >= 0.98


def test_entries_are_without_a_fault(works):
    assert share(not faults(work) for work in works if not odd(work)) >= 0.98
