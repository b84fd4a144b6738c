"""Identification of the text pasted into the one box."""

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
        # signs and labels around it
        ("<https://doi.org/10.1234/abc.2020.001>", Kind.DOI, "10.1234/abc.2020.001"),
        ("(https://doi.org/10.1234/abc.2020.001)", Kind.DOI, "10.1234/abc.2020.001"),
        ('"10.1234/abc"', Kind.DOI, "10.1234/abc"),
        ("“https://doi.org/10.1234/abc”.", Kind.DOI, "10.1234/abc"),
        ("[10.1234/abc]", Kind.DOI, "10.1234/abc"),
        ("`10.1234/abc`", Kind.DOI, "10.1234/abc"),
        ("- 10.1234/abc", Kind.DOI, "10.1234/abc"),
        ("[1] https://doi.org/10.1234/abc", Kind.DOI, "10.1234/abc"),
        ("Available at: https://doi.org/10.1234/abc", Kind.DOI, "10.1234/abc"),
        ("[https://doi.org/10.1234/x](https://doi.org/10.1234/x)", Kind.DOI, "10.1234/x"),
        ("[a page](https://example.org/page)", Kind.ADDRESS, "https://example.org/page"),
        ('<a href="https://doi.org/10.1234/x">x</a>', Kind.DOI, "10.1234/x"),
        ("<https://example.org/page>", Kind.ADDRESS, "https://example.org/page"),
        ("https://example.org/a_(b).", Kind.ADDRESS, "https://example.org/a_(b)"),
        ("10.1234/abchttps://doi.org/10.1234/abc", Kind.DOI, "10.1234/abc"),
        ("[https://doi.org/10.12…](https://doi.org/10.1234/abc)", Kind.DOI, "10.1234/abc"),
        ("[Siemens (2005)](https://example.org/page)", Kind.ADDRESS, "https://example.org/page"),
        ("DOI: https://doi.org/10.1234/abc.", Kind.DOI, "10.1234/abc"),
        ("doi:https://dx.doi.org/10.1234/abc", Kind.DOI, "10.1234/abc"),
        ("DOI https://doi.org/10.1234/abc", Kind.DOI, "10.1234/abc"),
        ("DOI URL: doi.org/10.1234/abc", Kind.DOI, "10.1234/abc"),
        ("https://doi.org/doi:10.1234/abc", Kind.DOI, "10.1234/abc"),
        ("info:doi/10.1234/abc", Kind.DOI, "10.1234/abc"),
        ("urn:doi:10.1234/abc", Kind.DOI, "10.1234/abc"),
        # broken and invisible
        ("https://doi.org/ 10.1234/abc", Kind.DOI, "10.1234/abc"),
        ("10.1234/ abc", Kind.DOI, "10.1234/abc"),
        ("doi: 10.1234/\nabc", Kind.DOI, "10.1234/abc"),
        ("10.1016/j.chb.\n2019.07.016", Kind.DOI, "10.1016/j.chb.2019.07.016"),
        ("10.1016/j.chb\n.2019.07.016", Kind.DOI, "10.1016/j.chb.2019.07.016"),
        ("10.1234/ab\u200bc\u00a0", Kind.DOI, "10.1234/abc"),
        # other identifiers
        ("arXiv:2001.01234", Kind.DOI, "10.48550/arxiv.2001.01234"),
        ("arXiv:2001.01234v2 [cs.CL]", Kind.DOI, "10.48550/arxiv.2001.01234"),
        ("2001.01234v3", Kind.DOI, "10.48550/arxiv.2001.01234"),
        ("hep-th/9901001", Kind.DOI, "10.48550/arxiv.hep-th/9901001"),
        ("arXiv:math.GT/0309136", Kind.DOI, "10.48550/arxiv.math.gt/0309136"),
        ("https://arxiv.org/html/2001.01234v1", Kind.DOI, "10.48550/arxiv.2001.01234"),
        ("SSRN 1234567", Kind.DOI, "10.2139/ssrn.1234567"),
        ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=1234567", Kind.DOI,
         "10.2139/ssrn.1234567"),
        ("9780521430173 (pbk)", Kind.ISBN, "9780521430173"),
        ("ISBN 978–0–521–43017–3 (hbk.)", Kind.ISBN, "9780521430173"),
        ("978-0-521-43017-3 paperback", Kind.ISBN, "9780521430173"),
        ("e-ISBN: 9780521430173", Kind.ISBN, "9780521430173"),
        ("urn:isbn:9780521430173", Kind.ISBN, "9780521430173"),
        ("ISBN 0-306-40615-2 (hbk), 978-0-306-40615-7 (pbk)", Kind.ISBN, "0306406152"),
        ("example.org", Kind.ADDRESS, "https://example.org"),
        ("10.1234/abc\n\nhttps://doi.org/10.1234/ABC", Kind.DOI, "10.1234/abc"),
    ],
)  # fmt: skip
def test_one_thing_is_known_by_its_shape(text, kind, value):
    found = identify(text)

    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ('{"DOI": "10.1234/abc"}', Kind.DOI, "10.1234/abc"),
        ("@misc{a, doi={10.1234/abc}, year={2010}}", Kind.DOI, "10.1234/abc"),
        ("TY  - JOUR\nDO  - 10.1234/abc\nER  - ", Kind.DOI, "10.1234/abc"),
        ("@book{a, isbn={978-0-521-43017-3}}", Kind.ISBN, "9780521430173"),
        ("TY  - ELEC\nUR  - https://example.org/a\nER  - ", Kind.ADDRESS, "https://example.org/a"),
    ],
)
def test_a_record_with_an_identifier_alone_is_that_identifier(text, kind, value):
    assert (identify(text).kind, identify(text).value) == (kind, value)


def test_an_identifier_among_the_records_of_a_file_is_not_read():
    pasted = identify('[{"DOI": "10.1234/abc"}, {"title": "Ties", "DOI": "10.1234/def"}]')

    assert [record["title"] for record in pasted.records] == ["Ties"]
    assert pasted.unread == ("10.1234/abc",)


@pytest.mark.parametrize(
    "text",
    [
        "@book{luna, author = {Luna, Ana}, title = {Quiet networks}, year = 2020}",
        "TY  - BOOK\nAU  - Luna, Ana\nTI  - Quiet networks\nPY  - 2020\nER  - \n",
        '[{"id": "luna", "type": "book", "title": "Quiet networks"}]',
        '{"type": "book", "title": "Quiet networks"}',
        "% from my library\n@article{x, title = {Quiet networks}}",
        "TY - BOOK\nTI - Quiet networks\nER -",
        "PMID- 12345678\nTI  - Quiet networks.\n",
        "%0 Book\n%A Luna, Ana\n%T Quiet networks\n",
    ],
)
def test_a_bibliography_is_read(text):
    found = identify(text)

    assert found.kind is Kind.BIBLIOGRAPHY
    assert [record["title"] for record in found.records] == ["Quiet networks"]


@pytest.mark.parametrize(
    "text",
    [
        "10.1234/abc.1\n10.1234/abc.2",
        "10.1234/abc.1\r\n\r\n10.1234/abc.2\r\n",
        "10.1234/abc.1 10.1234/abc.2",
        "10.1234/abc.1, 10.1234/abc.2.",
        "10.1234/abc.1; 10.1234/abc.2",
        "https://doi.org/10.1234/abc.1 and https://doi.org/10.1234/abc.2",
        "1. 10.1234/abc.1\n2. <https://doi.org/10.1234/abc.2>",
        "(10.1234/abc.1)\t(10.1234/abc.2)",
        "10.1234/abc.1\n10.1234/abc.2\n10.1234/ABC.1",
    ],
)
def test_several_identifiers_are_each_a_work(text):
    found = identify(text)

    assert found.kind is Kind.SEVERAL
    assert [(part.kind, part.value) for part in found.parts] == [
        (Kind.DOI, "10.1234/abc.1"),
        (Kind.DOI, "10.1234/abc.2"),
    ]


def test_identifiers_and_entries_stand_in_one_list():
    found = identify(
        "Luna, A. (2012). Ties of towns. Moor Press. https://doi.org/10.1234/luna\n"
        "10.1234/abc\n9780521430173\nSmith 2012 ties"
    )

    assert [(part.kind, part.value, part.unread) for part in found.parts] == [
        (Kind.LINES, "", ()),
        (Kind.DOI, "10.1234/abc", ()),
        (Kind.ISBN, "9780521430173", ()),
        (Kind.LINES, "", ("Smith 2012 ties",)),
    ]
    assert found.parts[0].records[0]["DOI"] == "10.1234/luna"


@pytest.mark.parametrize(
    "line", ["just some words", "Smith 2012 ties", "paper.pdf", "ada@example.org", "Q12345"]
)
def test_a_line_that_is_not_read_is_no_record(line):
    found = identify(line)

    assert (found.kind, found.records, found.unread) == (Kind.LINES, (), (line,))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PMID: 12345678", "PubMed"),
        ("pmid 12345678", "PubMed"),
        ("PMC1234567", "PubMed Central"),
        ("PMCID: PMC1234567", "PubMed Central"),
        ("1234-5679", "ISSN"),
        ("eISSN: 1234-567X", "ISSN"),
        ("ED123456", "ERIC"),
        ("OCLC: 12345678", "OCLC"),
        ("S2CID 12345678", "Semantic Scholar"),
        ("2-s2.0-85012345678", "Scopus"),
        ("hal-01234567v2", "HAL"),
    ],
)
def test_a_number_that_no_registry_here_knows_is_refused_by_its_name(text, name):
    with pytest.raises(ReadError, match=f"can’t look up {name} numbers"):
        identify(text)


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Luna, A", "Web of Science"),
        ("FN Thomson Reuters Web of Science\nPT J", "Web of Science"),
        ('<?xml version="1.0"?><xml><records></records></xml>', "XML"),
        ("RT Journal Article\nA1 Luna, Ada", "RefWorks"),
        ("references:\n- id: luna\n  type: book", "CSL-YAML"),
    ],
)
def test_a_file_of_another_program_is_refused_by_its_name(text, program):
    with pytest.raises(ReadError, match=f"files in this format: {program}\\."):
        identify(text)


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
        ("References:", "We found no reference"),
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
        outcome = found.value or found.records or found.unread or found.parts
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


def test_two_books_whose_isbns_differ_only_before_the_group_are_two():
    pasted = identify("9780521430173\n9790521430172\n0-521-43017-8")

    assert [part.value for part in pasted.parts] == ["9780521430173", "9790521430172"]


@pytest.mark.parametrize(
    "text",
    [
        "10.1000/xyz123;10.1000/xyz124",
        "10.1000/xyz123,10.1000/xyz124",
        "10.1000/xyz123|10.1000/xyz124",
        "10.1000/xyz123；10.1000/xyz124",
        "doi:10.1000/xyz123;doi:10.1000/xyz124",
        "https://doi.org/10.1000/xyz123;https://doi.org/10.1000/xyz124",
        "10.1000/xyz123 10.1000/xyz124",
    ],
)
def test_two_dois_on_one_line_are_two(text):
    assert [part.value for part in identify(text).parts] == ["10.1000/xyz123", "10.1000/xyz124"]


@pytest.mark.parametrize(
    "doi",
    [
        "10.1002/(sici)1097-4571(199912)50:12<1121::aid>3.0.co;2-b",
        "10.1000/a;b",
        "10.1000/a,b",
        "10.1000/10.5",
    ],
)
def test_a_doi_keeps_signs_of_its_own(doi):
    assert (identify(doi).kind, identify(doi).value) == (Kind.DOI, doi)


@pytest.mark.parametrize("number", ["PMID: 12345678", "PMC1234567", "978-0-521-43017-4"])
@pytest.mark.parametrize("between", ["\n", ", ", ";"])
def test_a_number_that_is_refused_leaves_the_dois_beside_it(number, between):
    parts = identify(between.join(["10.1000/xyz123", number, "10.1000/xyz124"])).parts

    assert [part.value or part.unread for part in parts] == [
        "10.1000/xyz123",
        (number,),
        "10.1000/xyz124",
    ]


def test_numbers_that_are_all_refused_are_refused_by_their_name():
    with pytest.raises(ReadError, match="PubMed"):
        identify("PMID: 12345678\nPMID: 12345679")


def test_a_note_between_two_entries_is_a_line_of_its_own():
    first = "Luna, A. (2012). On ties. Journal of Ties, 17(1), 33–49."
    found = identify(f"{first}\nMy notes: good one\nSol, B. (2013). On nets. Moor Press.")

    assert [record["title"] for record in found.records] == ["On ties", "On nets"]
    assert found.records[0]["page"] == "33-49"
    assert found.unread == ("My notes: good one",)


def test_a_doi_after_a_note_is_not_that_of_the_entry_before():
    found = identify(
        "Sol, B. (2013). On nets. Journal of Nets, 18(1), 3–9.\nnonsense line here\n10.1234/abc"
    )

    assert [part.value or part.lines[0] for part in found.parts][1:] == [
        "nonsense line here",
        "10.1234/abc",
    ]
    assert "DOI" not in found.parts[0].records[0]


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        (
            "@book{a, title={One}}\n@book{b, title={Two, year=2019}\n@book{c, title={Three}}",
            "@book{b, title={Two, year=2019}",
        ),
        ("TY - BOOK\nTI - One\nER -\nTY  - JOUR\nER  -\nTY  - BOOK\nTI  - Three", "TY  - JOUR"),
    ],
)
def test_an_entry_that_cannot_be_read_is_said_beside_the_others(text, unread):
    found = identify(text)

    assert [record["title"] for record in found.records] == ["One", "Three"]
    assert found.unread == (unread,)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Granovetter 1973 10.1086/225469", Kind.DOI, "10.1086/225469"),
        ("my paper\n10.1086/225469", Kind.DOI, "10.1086/225469"),
        ("it is https://doi.org/10.1086/225469, I think", Kind.DOI, "10.1086/225469"),
        ("10.1086/225469 (Granovetter)", Kind.DOI, "10.1086/225469"),
        ("PMID: 12345678 doi: 10.1086/225469", Kind.DOI, "10.1086/225469"),
        ("Luna, Ties, ISBN 978-0-306-40615-7 (pbk) £3", Kind.ISBN, "9780306406157"),
    ],
)
def test_an_identifier_among_words_is_found(text, kind, value):
    found = identify(text)

    assert [(one.kind, one.value) for one in found.named] == [(kind, value)]
    assert found.lines == found.unread


def test_two_identifiers_among_words_are_two_things():
    found = identify("See 10.1086/225469 and 10.1016/j.chb.2019.07.016.")

    assert [part.value for part in found.parts] == ["10.1086/225469", "10.1016/j.chb.2019.07.016"]


@pytest.mark.parametrize("price", [": £19.99", " : £19.99", ", $20", "; EUR 9,99", " £5"])
def test_the_price_behind_an_isbn_is_no_matter(price):
    found = identify(f"ISBN-13: 978-0-306-40615-7{price}")

    assert (found.kind, found.value) == (Kind.ISBN, "9780306406157")


@pytest.mark.parametrize(
    "words",
    [
        "Siemens, G. (2005). Connectivism. IJITDL, 2(1).",
        "Siemens, G. (2005). Connectivism. *IJITDL*, *2*(1).",
        "Siemens G. Connectivism. IJITDL. 2005;2(1).",
    ],
)
@pytest.mark.parametrize("link", ["[{}]({})", '<a href="{1}">{0}</a>'])
def test_a_reference_that_is_a_link_is_read_with_its_address(words, link):
    address = "http://www.itdl.org/x"

    (csl,) = identify(link.format(words, address)).records

    assert (csl["title"], csl["volume"], csl["URL"]) == ("Connectivism", "2", address)


@pytest.mark.parametrize("text", ["https://doi.org/10.1086/2254…", "10.1086/22...", "www.a.org/b…"])
def test_an_address_that_is_cut_off_is_refused(text):
    with pytest.raises(ReadError, match="cut off"):
        identify(text)


def test_a_doi_that_is_cut_off_is_not_looked_up_out_of_a_line():
    assert identify("See https://doi.org/10.1086/2254… for it").named == ()
