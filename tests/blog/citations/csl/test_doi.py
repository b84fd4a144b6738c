"""DOIs in every notation."""

import pytest

from blog.citations.parsers import normalise_doi


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1234/ABC", "10.1234/abc"),
        ("doi:10.1234/abc.", "10.1234/abc"),
        ("https://dx.doi.org/10.1234/abc", "10.1234/abc"),
        ("https://doi.org/10.1234%2Fabc", "10.1234/abc"),
        ("(see 10.1016/0160-4120(81)90073-8)", "10.1016/0160-4120(81)90073-8"),
        ("<a href='https://doi.org/10.1234/abc'>", "10.1234/abc"),
        (
            "10.1002/(SICI)1097(1998)17:15<1661::AID-S9>3.0.CO;2-2",
            "10.1002/(sici)1097(1998)17:15<1661::aid-s9>3.0.co;2-2",
        ),
        ("10.1234/a&amp;b", "10.1234/a&b"),
        ("no doi", ""),
        ("10.12/short", ""),
        ("", ""),
    ],
)
def test_a_doi_is_found_however_it_is_written(text, expected):
    assert normalise_doi(text) == expected
