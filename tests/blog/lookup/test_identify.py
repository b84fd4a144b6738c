"""What somebody pasted into the one box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.exceptions import ReadError
from blog.lookup.identify import Kind, identify, is_isbn


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("10.1086/225469", Kind.DOI, "10.1086/225469"),
        ("doi:10.1086/225469", Kind.DOI, "10.1086/225469"),
        ("DOI 10.1086/225469.", Kind.DOI, "10.1086/225469"),
        ("https://doi.org/10.1086/225469", Kind.DOI, "10.1086/225469"),
        ("http://dx.doi.org/10.5210/FM.v17i1.3559", Kind.DOI, "10.5210/fm.v17i1.3559"),
        ("doi.org/10.1086/225469", Kind.DOI, "10.1086/225469"),
        (
            "https://www.frontiersin.org/articles/10.3389/fpsyg.2023.1287728/full",
            Kind.DOI,
            "10.3389/fpsyg.2023.1287728",
        ),
        (
            "https://www.tandfonline.com/doi/full/10.1080/0158791?needAccess=true",
            Kind.DOI,
            "10.1080/0158791",
        ),
        ("https://arxiv.org/abs/2101.00001v2", Kind.DOI, "10.48550/arxiv.2101.00001"),
        ("https://arxiv.org/pdf/2101.00001.pdf", Kind.DOI, "10.48550/arxiv.2101.00001"),
        (
            "https://firstmonday.org/ojs/index.php/fm/article/view/3559/3131",
            Kind.ADDRESS,
            "https://firstmonday.org/ojs/index.php/fm/article/view/3559/3131",
        ),
        ("www.example.org/post", Kind.ADDRESS, "https://www.example.org/post"),
        ("firstmonday.org/ojs", Kind.ADDRESS, "https://firstmonday.org/ojs"),
        ("978-0-521-43017-3", Kind.ISBN, "9780521430173"),
        ("ISBN 9780521430173", Kind.ISBN, "9780521430173"),
        ("ISBN-13: 978 0 521 43017 3", Kind.ISBN, "9780521430173"),
        ("0-8044-2957-X", Kind.ISBN, "080442957X"),
        ("  10.1086/225469\r\n", Kind.DOI, "10.1086/225469"),
    ],
)
def test_one_thing_is_known_by_its_shape(text, kind, value):
    found = identify(text)

    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "@book{luna, author = {Luna, Ana}, title = {Quiet networks}, year = 2020}",
        "TY  - BOOK\nAU  - Luna, Ana\nTI  - Quiet networks\nPY  - 2020\nER  - \n",
        '[{"id": "luna", "type": "book", "title": "Quiet networks"}]',
        '{"type": "book", "title": "Quiet networks"}',
        "% from my library\n@article{x, title = {Quiet networks}}",
    ],
)
def test_a_bibliography_is_read(text):
    found = identify(text)

    assert found.kind is Kind.BIBLIOGRAPHY
    assert [record["title"] for record in found.records] == ["Quiet networks"]


def test_a_list_is_read_line_by_line():
    found = identify(
        "References\nLuna, A. (2020). Quiet networks. Example Press.\n"
        "[2] Granovetter, M. S. (1973). The strength of weak ties. American Journal of\n"
        "Sociology, 78(6), 1360–1380. https://doi.org/10.1086/225469\n"
    )

    assert found.kind is Kind.LINES
    assert [record["title"] for record in found.records] == [
        "Quiet networks",
        "The strength of weak ties",
    ]
    assert found.records[1]["DOI"] == "10.1086/225469"


def test_a_numbered_line_is_no_json():
    assert identify("[1] Luna, A. (2020). Quiet networks. Press.").kind is Kind.LINES


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no text"),
        (" \n\ufeff", "There is no text"),
        ("References:", "There is no reference"),
        ("978-0-521-43017-4", "a digit is wrong or missing"),
        ("ISBN 0-8044-2957-1", "a digit is wrong or missing"),
        ('[{"title": "x",]', "Line 1 is not valid JSON"),
        ("x" * 200_001, "too long"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(text, words):
    with pytest.raises(ReadError, match=words):
        identify(text)


@pytest.mark.parametrize(
    ("digits", "right"),
    [
        ("9780521430173", True),
        ("9780521430172", False),
        ("080442957X", True),
        ("0804429570", False),
        ("X804429570", False),
        ("1234567890123", False),
    ],
)
def test_check_digits(digits, right):
    assert is_isbn(digits) is right


@given(st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(place, by):
    digits = "9780521430173"
    wrong = str((int(digits[place]) + by) % 10)

    assert is_isbn(digits[:place] + wrong + digits[place + 1 :]) is False


@given(st.text(max_size=400))
def test_any_text_is_something_or_refused(text):
    try:
        found = identify(text)
        outcome = found.value or found.records
    except ReadError as refused:
        outcome = str(refused)

    assert outcome


def test_files_of_other_programs_are_read_or_refused(real_data):
    refused = {}
    folder = real_data / "references"
    paths = [p for p in sorted(folder.rglob("*")) if p.suffix in (".bib", ".ris", ".json")]
    for path in paths:
        try:
            found = identify(path.read_text(encoding="utf-8", errors="replace"))
        except ReadError as error:
            refused[path.name] = str(error)
        else:
            assert found.kind is Kind.BIBLIOGRAPHY

    assert len(paths) > 40
    assert all(refused.values())
    assert len(refused) < len(paths) / 4
