"""Addresses of BibTeX, which people write with and without a scheme."""

import pytest

from blog.citations.parsers import read_references


def address(field):
    return read_references(f"@misc{{k, title={{Ties}}, year=2012, {field}}}")[0].get("URL")


@pytest.mark.parametrize(
    "field",
    [
        "url={www.example.org/a_b}",
        r"url={www.example.org/a\_b}",
        r"url={\url{www.example.org/a_b}}",
        "url={<www.example.org/a_b>}",
        "url={//www.example.org/a_b}",
        "url={https://www.example.org/a_b, https://example.org/c}",
        r"howpublished={\url{www.example.org/a_b}}",
        r"howpublished={\href{www.example.org/a_b}{The site}}",
        r"howpublished={Available at www.example.org/a_b}",
        r"note={See www.example.org/a_b.}",
        r"note={\url{www.example.org/a_b}}",
    ],
)
def test_an_address_needs_no_scheme(field):
    assert address(field) == "https://www.example.org/a_b"


@pytest.mark.parametrize(
    ("field", "url"),
    [
        ("url={example.org}", "https://example.org"),
        ("url={example.org/a}", "https://example.org/a"),
        ("url={sub.example.co.uk:8000/a?b=c#d}", "https://sub.example.co.uk:8000/a?b=c#d"),
        (r"howpublished={\url{example.org/a}}", "https://example.org/a"),
        ("url={http://example.org/a}", "http://example.org/a"),
        ("url={HTTPS://example.org/a}", "HTTPS://example.org/a"),
        ("url={ftp://example.org/a}", "ftp://example.org/a"),
        ("url={10.1234/abc}", "https://doi.org/10.1234/abc"),
        ("url={doi.org/10.1234/abc}", "https://doi.org/10.1234/abc"),
    ],
)
def test_an_address_stays_what_it_is(field, url):
    assert address(field) == url


@pytest.mark.parametrize(
    "field",
    ["url={not an address}", "url={a/b}", "howpublished={Email to the author}",
     "note={Mail to ann@www.example.org}", "note={Read in 2012, vol.two}"],
)  # fmt: skip
def test_other_words_are_no_address(field):
    assert address(field) is None
