"""The address at the end of an entry, however it is labelled and enclosed."""

import pytest

from blog.citations.parsers.reference_line import read_reference, split_references

LINE = "Luna, A. (2012). Ties that bind. Journal of Ties, 17(1), 3–9."
DOI = "10.1234/abc.5"


@pytest.mark.parametrize("label", ["", "DOI: ", "doi:", "Doi ", "DOI = ", "DOI link: ", "DOI - "])
@pytest.mark.parametrize(
    "host", ["", "https://doi.org/", "http://dx.doi.org/", "doi.org/", "https://www.doi.org/ "]
)
@pytest.mark.parametrize("around", ["{}", "{}.", "[{}]", "({})", "<{}>", "[{}]."])
def test_a_labelled_doi_is_read(label, host, around):
    record = read_reference(f"{LINE} {around.format(label + host + DOI)}")

    assert record == read_reference(f"{LINE} https://doi.org/{DOI}")
    assert (record["DOI"], record["page"]) == (DOI, "3-9")
    assert "URL" not in record


@pytest.mark.parametrize(
    "end",
    [
        f"DOI: <https://doi.org/{DOI}>",
        f"[DOI: {DOI}](https://doi.org/{DOI})",
        f"doi: (https://doi.org/{DOI})",
        f"https://doi.org/doi:{DOI}",
        f"https://doi.org: {DOI}",
        f"Available at: DOI: https://doi.org/{DOI}",
        f"urn:doi:{DOI}",
        f"URN:DOI:{DOI}",
        f"(urn:doi:{DOI}).",
    ],
)
def test_an_address_within_a_label_is_read(end):
    assert read_reference(f"{LINE} {end}") == read_reference(f"{LINE} https://doi.org/{DOI}")


@pytest.mark.parametrize(
    "address",
    [
        f"https://journals.example.org/doi/{DOI}",
        f"https://example.org/find?doi={DOI}",
        f"https://proxy.example.edu/login?url=https://doi.org.example.edu/{DOI}",
    ],
)
def test_an_address_of_another_site_stays(address):
    assert read_reference(f"{LINE} {address}").get("URL", address) == address


@pytest.mark.parametrize("end", [f"DOI: https://doi.org/{DOI}", f"doi:doi.org/{DOI}"])
def test_a_labelled_doi_on_a_line_of_its_own_belongs_to_its_entry(end):
    assert split_references(f"{LINE}\n{end}\nSol, B. (2013). Of webs. Press.") == [
        f"{LINE} {end}",
        "Sol, B. (2013). Of webs. Press.",
    ]


@pytest.mark.parametrize(
    ("links", "is_read"),
    [
        ("https://e.org/a https://e.org/b", False),
        ("https://doi.org/10.1234/a https://doi.org/10.1234/b", False),
        ("https://e.org/a https://e.org/a", True),
        ("https://doi.org/10.1234/a https://e.org/b", True),
    ],
)
def test_a_line_with_two_addresses_loses_none(links, is_read):
    assert bool(read_reference(f"Luna, A. (2012). Ties. Moor Press. {links}")) == is_read


@pytest.mark.parametrize(
    ("lines", "entry"),
    [
        ("Jour-\nnal of Ties", "Journal of Ties"),
        ("Jour\xad\nnal of Ties", "Journal of Ties"),
        ("Moor Jour-\n  nal of Ties", "Moor Journal of Ties"),
        ("Self-\nefficacy", "Self-efficacy"),
        ("Anglo-\nSaxon Ties", "Anglo-Saxon Ties"),
        ("Journal of Ties -\nMoor", "Journal of Ties - Moor"),
    ],
)
def test_a_word_that_a_page_broke_is_whole_again(lines, entry):
    text = f"Luna, A. (2012). On ties. {lines}, 78(6), 1–\n9."

    assert split_references(text) == [f"Luna, A. (2012). On ties. {entry}, 78(6), 1–9."]


@pytest.mark.parametrize(
    "label",
    [
        *(
            "ISBN ",
            "ISBN: ",
            "ISBN-13: ",
            "ISBN-10: ",
            "ISBN-13 ",
            "ISBN 13: ",
            "ISBN13: ",
            "isbn ",
        ),
        *("eISBN: ", "e-ISBN ", "ISBN = "),
    ],
)
@pytest.mark.parametrize("around", ["{}", "{}.", "({})", "[{}].", "{}. https://example.org/ties"])
@pytest.mark.parametrize(
    "number", ["978-0-306-40615-7", "9780306406157", "0-306-40615-2", "0-8044-2957-X"]
)
def test_the_number_of_a_book_at_its_end_is_read(label, around, number):
    line = "Luna, A. (2012). Ties that bind. Moor Press."

    record = read_reference(f"{line} {around.format(label + number)}")

    assert record.pop("ISBN") == number
    record.pop("URL", "")
    assert record == read_reference(line)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("[https://doi.org/10.1086/2254…](https://doi.org/10.1086/225469)", "10.1086/225469"),
        ("[10.1086/22...](https://doi.org/10.1086/225469)", "10.1086/225469"),
        (
            "[https://doi.org/](https://doi.org/10.1086/225469)"
            "[10.1086/225469](https://doi.org/10.1086/225469)",
            "10.1086/225469",
        ),
        ("[https://doi.org/10.1086/22](https://lib.example/10.1086/22)", "10.1086/22"),
        ("[http://a.org](http://a.org/Jan_05/b.htm)", "http://a.org/Jan_05/b.htm"),
        ("[http://a.org/](https://www.a.org/b.htm)", "https://www.a.org/b.htm"),
        ("[a.org/very/lo…](https://a.org/very/long)", "https://a.org/very/long"),
        ("[https://a.org/…/long](https://a.org/very/long)", "https://a.org/very/long"),
        ("[a.org/b](https://a.org/b)", "https://a.org/b"),
        (r"[https://a.org/tie\_(x)](https://a.org/tie_%28x%29)", "https://a.org/tie_(x)"),
        ("[https://a.org/b…](<https://a.org/b_(c)>)", "https://a.org/b_(c)"),
        ('[https://a.org/b…](https://a.org/bc "The page")', "https://a.org/bc"),
        ("[Available at https://a.org/b…](https://a.org/bc)", "https://a.org/bc"),
    ],
)
def test_a_link_whose_words_are_part_of_its_address_is_the_address_it_leads_to(link, address):
    record = read_reference(f"{LINE} {link}")

    assert (record["DOI"] if "DOI" in record else record["URL"]) == address
    assert record["page"] == "3-9"


@pytest.mark.parametrize(
    "address",
    [
        "https://en.wikipedia.org/wiki/Tie_(social_science)",
        "https://a.org/_index_.html",
        "https://a.org/a*b*c",
        "https://www.a.org/__x__/_y",
    ],
)
@pytest.mark.parametrize("around", ["{}", "{}.", "*{}*", "**{}**.", "_{}_", "[{0}]({0})"])
def test_the_signs_of_an_address_are_no_emphasis(address, around):
    record = read_reference(f"{LINE.replace('Journal', '*Journal')}* {around.format(address)}")

    assert record.get("URL") == address
    assert record["container-title"] == "Journal of Ties"


@pytest.mark.parametrize(
    "end",
    ["https://doi.org/10.1086/2254…", "doi:10.1086/2254...", "https://a.org/…/b", "www.a.org/b…."],
)
def test_a_line_whose_address_is_cut_is_not_read(end):
    assert read_reference(f"{LINE} {end}") == {}
