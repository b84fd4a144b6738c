"""DOIs in every notation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations.csl.doi import doi_address
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
        # as browsers copy it from the address bar
        (
            "https://doi.org/10.1002/(SICI)1097(1998)17:15%3C1661::AID-S9%3E3.0.CO;2-X",
            "10.1002/(sici)1097(1998)17:15<1661::aid-s9>3.0.co;2-x",
        ),
        ("https://doi.org/10.1002/(SICI)1(2)3:4%3C5::AID-6%3E3.0.CO;2-%23",
         "10.1002/(sici)1(2)3:4<5::aid-6>3.0.co;2-#"),
        ("https://doi.org/10.1234%252Fabc", "10.1234/abc"),
        ("https://proxy.example/login?url=https%3A%2F%2Fdoi.org%2F10.1234%2Fabc%3Fx=1",
         "10.1234/abc"),
        # what a publisher's server adds
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf",
         "10.1101/2020.01.01.123456"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v12.full.pdf+html",
         "10.1101/2020.01.01.123456"),
        ("10.1101/2020.01.01.123456v1", "10.1101/2020.01.01.123456"),
        ("https://link.example/content/pdf/10.1007/s11186-001.pdf?download=1",
         "10.1007/s11186-001"),
        ("https://x.example/doi/10.1234/abc/full/html", "10.1234/abc"),
        ("https://x.example/doi/10.1234/abc.full-text", "10.1234/abc"),
        ("https://plos.example/file?id=10.1371/journal.pone.0123456&type=printable",
         "10.1371/journal.pone.0123456"),
        ("https://doi.org/10.1234/abc.full", "10.1234/abc.full"),
        ("https://osf.example/10.31234/osf.io/abcde_v1", "10.31234/osf.io/abcde_v1"),
        # what PDF files and pages put in
        ("10.1234/978–3–030", "10.1234/978-3-030"),
        ("10.1234/978‐3‑030−1", "10.1234/978-3-030-1"),
        ("10.1234/a\u200bb\u2060c\ufeff\u200e", "10.1234/abc"),
        ("10.1234/ab\u00adc\u00a0", "10.1234/abc"),
        ("10.1234⁄abc", "10.1234/abc"),
        ("１０．１２３４／ａｂｃ", "10.1234/abc"),
        ("10.1234/ﬁne", "10.1234/fine"),
        # what a text puts around it
        ("[https://doi.org/10.1234/x](https://doi.org/10.1234/x)", "10.1234/x"),
        ("“10.1234/abc”", "10.1234/abc"),
        ("«10.1234/abc»", "10.1234/abc"),
        ("**10.1234/abc**", "10.1234/abc"),
        ("10.1234/abc。", "10.1234/abc"),
        ("<i>10.1234/abc</i>", "10.1234/abc"),
        ("no doi", ""),
        ("10.12/short", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_doi_is_found_however_it_is_written(text, expected):
    assert normalise_doi(text) == expected


DOIS = st.from_regex(r"10\.[1-9]\d{3}/[a-z0-9][a-z0-9._;()/<>:-]{0,20}[a-z0-9]", fullmatch=True)


@given(DOIS)
def test_the_address_of_a_doi_leads_back_to_it(text):
    doi = normalise_doi(text)

    assert normalise_doi(doi_address(doi)) == doi
