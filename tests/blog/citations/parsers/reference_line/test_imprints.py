"""A publisher and a place that commas part from the title, as in Harvard: read, or not read."""

import pytest

from blog.citations import format_list
from blog.citations.parsers.reference_line import read_reference


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("Luna, Ada (1938) Ties and nets, Holm, Macmillan.", "Ties and nets</i>"),
        ("Luna, A. (1938) Ties and nets, Macmillan, Holm.", "Ties and nets</i>"),
        ("Luna, A. (1938) Ties and nets, Holm Weir, NJ, Macmillan.", "Ties and nets</i>"),
        ("Luna, A. (1938). Ties, knots and nets, Macmillan.", "Ties, knots and nets</i>"),
        ("Luna, A. (1938), Ties and nets, 2nd edn, Macmillan, Holm.",
         "Ties and nets</i> (2nd ed.)"),
        ("Luna, A. (1938) Ties and nets, second edition, Holm, Macmillan.",
         "Ties and nets</i> (2nd ed.)"),
        ("Luna, A. (1938) Ties and nets, vol. 2, Macmillan, Holm.",
         "Ties and nets</i> (Vol. 2)"),
    ],
)  # fmt: skip
def test_a_publisher_behind_a_comma_is_no_part_of_the_title(line, printed):
    assert format_list([read_reference(line)]) == [f"Luna, A. (1938). <i>{printed}. Macmillan."]


@pytest.mark.parametrize(
    "line",
    [
        "Luna, A. (1938) Ties and nets, Holm, Holt.",
        "Luna, A. (1938), Ties and nets, 2nd edn, Holt, Holm.",
        "Luna, A. (1938) Ties and nets, Holm, Holt. https://example.org/ties",
        "Luna, A. (1938). Ties and nets, Holm, Holt.",
        "Luna, A. (1938) Ties and nets, Holm.",
        "Luna, A. (1938) Ties and nets (Holm, Holt).",
        "Luna, A. (1938) Ties and nets, Holm, Weir, Macmillan.",
        "Luna, A. (1938) Ties and nets, The Moor Times, 3 May.",
        "Luna, A. (1938) Ties and nets, unpublished PhD thesis, University of Moor.",
        "Luna, A. (1938). Ties and nets, PhD thesis, University of Moor.",
        "Luna, A. (1938) Ties and nets, in: B. Sol (Ed.) Book of nets (Holm, Weir), 3-9.",
    ],
)
def test_a_publisher_that_could_be_a_part_of_the_title_is_not_read(line):
    assert read_reference(line) == {}


@pytest.mark.parametrize(
    "line",
    [
        "Luna, A. (1938). Nets of Moor, Weir, and Holm. Moor Press.",
        "Luna, A. (1938). Nets of Moor, Weir, Holm. https://example.org/ties",
        "Luna, A. (1938). Ties, nets.",
    ],
)
def test_the_commas_of_a_title_stay_in_it(line):
    assert read_reference(line)["title"] in line.removesuffix(".")
