"""Broadcasts, theses, reports, laws, patents and letters as chapters 10 and 11 of APA 7 list them.

Each table has a kind with its siblings: what programs and people write for the same thing.
"""

import pytest

from blog.citations import format_citations, parse_cluster
from tests.blog.citations.factories import entry, on, people, starred

QUILL = {"author": people("Quill, Ana"), "issued": on(2020)}
WEB = {"URL": "https://example.org/w"}


def listed(**csl):
    """Return the entry of a record, with stars for italics and URL for its address."""
    return starred(entry(csl).runs)


def cited(**csl):
    (runs,) = format_citations({"k": csl}, [parse_cluster("@k")]).in_text
    return starred(runs)


# Broadcasts


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "*Ten minutes*."),
        ({"medium": "audio/mpeg"}, "*Ten minutes* [Audio podcast episode]."),
        ({"medium": "audio/x-m4a"}, "*Ten minutes* [Audio podcast episode]."),
        ({"medium": "MP3"}, "*Ten minutes* [Audio podcast episode]."),
        ({"medium": "video/mp4"}, "*Ten minutes* [Video]."),
        (
            {"collection-title": "Moor Talk"},
            "Ten minutes [Audio podcast episode]. In *Moor Talk*.",
        ),
        (
            {"collection-title": "Moor Talk", "number": "7", "medium": "audio/mp3"},
            "Ten minutes (No. 7) [Audio podcast episode]. In *Moor Talk*.",
        ),
        (
            {"container-title": "Moor Talk", "medium": "audio/mpeg", "publisher": "Moor Radio"},
            "Ten minutes [Audio podcast episode]. In *Moor Talk*. Moor Radio.",
        ),
        (
            {"container-title": "Moor Talk", "genre": "Podcast"},
            "Ten minutes [Audio podcast episode]. In *Moor Talk*.",
        ),
        (
            {"container-title": "The Moor Podcast"},
            "Ten minutes [Audio podcast episode]. In *The Moor Podcast*.",
        ),
        ({"publisher": "Moor Radio"}, "*Ten minutes* [Radio broadcast]. Moor Radio."),
        (
            {"container-title": "Morning on the moor", "publisher": "Moor Radio"},
            "Ten minutes [Radio broadcast]. In *Morning on the moor*. Moor Radio.",
        ),
        (
            {"container-title": "Moor nights", "publisher": "Moor TV"},
            "Ten minutes [TV series episode]. In *Moor nights*. Moor TV.",
        ),
        (
            {"container-title": "Moor nights", "season": "2", "number": "5"},
            "Ten minutes (Season 2, Episode 5) [TV series episode]. In *Moor nights*.",
        ),
        (
            {"container-title": "Moor nights", "genre": "Television broadcast"},
            "Ten minutes [Television broadcast]. In *Moor nights*.",
        ),
        ({"container-title": "Moor nights"}, "Ten minutes. In *Moor nights*."),
        (
            {"container-title": "Moor Radio", "publisher": "Moor Radio"},
            "Ten minutes [Radio broadcast]. In *Moor Radio*.",
        ),
    ],
)
def test_a_broadcast_is_called_what_its_record_shows(fields, expected):
    text = listed(type="broadcast", title="Ten minutes", **QUILL, **fields)

    assert text == f"Quill, A. (2020). {expected}"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"container-title": "Nets", "publisher": "Moor Records"},
            "[Song]. On *Nets*. Moor Records.",
        ),
        ({"publisher": "Moor Records"}, "[Song]. Moor Records."),
        ({"genre": "Album", "publisher": "Moor Records"}, "[Album]. Moor Records."),
        ({"medium": "CD", "publisher": "Moor Records"}, "[Song]. Moor Records."),
        ({"archive": "Moor Archive"}, "[Audio recording]."),
        ({"genre": "Oral history"}, "[Oral history]."),
        ({"collection-title": "Moor oral history project"}, "[Audio recording]."),
        ({"medium": "audio/wav"}, "[Audio recording]."),
    ],
)
def test_what_is_spoken_is_no_song(fields, expected):
    text = listed(type="song", title="Of nets", **QUILL, **fields).replace("*Of nets*", "Of nets")

    assert text == f"Quill, A. (2020). Of nets {expected}"


# Theses and reports


@pytest.mark.parametrize(
    ("genre", "expected"),
    [
        *((genre, "doctoral dissertation") for genre in ("PhD thesis", "PhD", "Phd", "Ph.D.")),
        *((genre, "doctoral dissertation") for genre in ("Ph.D. dissertation", "Doctoral thesis")),
        *((genre, "doctoral dissertation") for genre in ("EdD thesis", "D.Phil.", "Doctorate")),
        *(
            (genre, "master’s thesis")
            for genre in ("Master thesis", "MA", "M.Sc. thesis", "Masters")
        ),
        ("Master's Thesis", "master's thesis"),
        *((genre, "bachelor’s thesis") for genre in ("BA thesis", "Bachelor thesis", "B.Sc.")),
        ("Master's project", "master's project"),
        ("Dissertation", "dissertation"),
        ("", "thesis"),
    ],
)
def test_a_thesis_is_called_by_its_degree(genre, expected):
    thesis = {"type": "thesis", "title": "Nets", "publisher": "Moor University", "genre": genre}

    assert listed(**thesis, **QUILL) == (
        f"Quill, A. (2020). *Nets* [Unpublished {expected}]. Moor University."
    )
    published = expected[0].upper() + expected[1:]
    assert listed(**thesis, archive="Moor Archive", **QUILL) == (
        f"Quill, A. (2020). *Nets* [{published}, Moor University]. Moor Archive."
    )


@pytest.mark.parametrize(
    ("genre", "number", "expected"),
    [
        (
            "Accident Report",
            "AB-12-preliminary-report",
            "(Accident Report No. AB-12-preliminary-report)",
        ),
        ("Technical report", "12", "(Technical Report No. 12)"),
        ("Technical Report", "", "[Technical Report]"),
        ("Working Paper", "Working Paper 12", "(Working Paper 12)"),
        ("Working Paper", "12", "(Working Paper No. 12)"),
        ("Policy brief", "", "[Policy brief]"),
        ("Policy brief", "Publication No. 7", "(Publication No. 7) [Policy brief]"),
        ("Rapport d'étude", "4", "(Rapport d'étude No. 4)"),
        ("Report", "", ""),
        ("", "12", "(Report No. 12)"),
        ("", "NCES 2016-144", "(NCES 2016-144)"),
        ("", "", ""),
    ],
)
def test_a_report_says_its_genre_once(genre, number, expected):
    text = listed(type="report", title="Brooks", genre=genre, number=number, **QUILL)

    assert text == f"Quill, A. (2020). *Brooks* {expected}".strip() + "."


def test_a_preprint_with_a_number_says_its_genre_once():
    text = listed(type="article", title="Nets", genre="Working Paper", number="12", **QUILL)

    assert text == "Quill, A. (2020). *Nets* (Working Paper No. 12)."


# Laws

MOORLAND = people("Moorland")


@pytest.mark.parametrize(
    ("csl", "expected", "in_text"),
    [
        (
            {"type": "legislation", "title": "Clean Brook Act", "number": "12", "issued": on(2020)},
            "Clean Brook Act, 12 (2020).",
            "(Clean Brook Act, 2020)",
        ),
        (
            {"type": "bill", "title": "Brook bill", "number": "H.R. 12", "issued": on(2013)}
            | {"chapter-number": "113", "authority": "House of Representatives"},
            "Brook bill, H.R. 12, 113th Cong. (2013).",
            "(Brook Bill, 2013)",
        ),
        (
            {"type": "bill", "title": "Brook bill", "number": "12", "section": "5"}
            | {"container-title": "Moor Code", "authority": "Senate"},
            "Brook bill, 12, Moor Code § 5, Senate.",
            "(Brook Bill, n.d.)",
        ),
        (
            {"type": "legal_case", "title": "Quill v. Bell", "volume": "5", "page": "7"}
            | {"container-title": "F.2d", "number": "12-345", "authority": "10th Cir."}
            | {"issued": on(1984, 5, 4)},
            "Quill v. Bell, 5 F.2d 7 (10th Cir. 1984).",
            "(*Quill v. Bell*, 1984)",
        ),
        (
            {"type": "legal_case", "title": "Quill v. Bell", "number": "12-345"}
            | {"authority": "10th Cir.", "issued": on(2015, 5, 4)},
            "Quill v. Bell, No. 12-345 (10th Cir. May 4, 2015).",
            "(*Quill v. Bell*, 2015)",
        ),
        (
            {"type": "legislation", "title": "Code of Brooks", "container-title": "Moor Code"}
            | {"section": "12"},
            "Code of Brooks, Moor Code § 12.",
            "(Code of Brooks, n.d.)",
        ),
        (
            {"type": "regulation", "title": "Rules of brooks", "authority": "Brook Agency"},
            "Rules of brooks (Brook Agency).",
            "(Rules of Brooks, n.d.)",
        ),
        (
            {"type": "legislation", "title": "Air Act", "number": "Pub. L. No. 90-148"}
            | {"volume": "81", "container-title": "Stat.", "page": "485", "issued": on(1967)},
            "Air Act, Pub. L. No. 90-148, 81 Stat. 485 (1967).",
            "(Air Act, 1967)",
        ),
        (
            {"type": "treaty", "title": "Treaty of the moor"},
            "Treaty of the moor.",
            "(Treaty of the Moor, n.d.)",
        ),
    ],
)
def test_a_law_is_cited_by_the_name_that_begins_its_entry(csl, expected, in_text):
    csl = csl | {"author": MOORLAND}

    assert listed(**csl) == expected
    assert cited(**csl) == in_text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"section": "Committee on Water", "authority": "Senate"},
            "*Brooks in summer: Hearing before the Committee on Water*, Senate (2009).",
        ),
        (
            {"section": "the Senate Committee on Water", "chapter-number": "111"}
            | {"authority": "U.S. Senate"},
            "*Brooks in summer: Hearing before the Senate Committee on Water*, 111th Cong. (2009).",
        ),
        (
            {"section": "Hearings before the Committee on Water"},
            "*Brooks in summer: Hearings before the Committee on Water* (2009).",
        ),
        ({}, "*Brooks in summer* (2009)."),
        (
            {"section": "Committee on Water", "author": people("Quill, Ana B.")},
            "*Brooks in summer: Hearing before the Committee on Water* (2009) "
            "(testimony of Ana B. Quill).",
        ),
    ],
)
def test_a_hearing_names_its_committee(fields, expected):
    csl = {"type": "hearing", "title": "Brooks in summer", "issued": on(2009)} | fields

    assert listed(**csl) == expected
    assert cited(**csl) == "(*Brooks in Summer*, 2009)"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"authority": "United States"}, "U.S. Patent No. US123"),
        ({"jurisdiction": "US"}, "U.S. Patent No. US123"),
        ({"publisher-place": "USA"}, "U.S. Patent No. US123"),
        ({}, "U.S. Patent No. US123"),
        ({"number": "123"}, "Patent No. 123"),
        ({"number": "EP 1234567"}, "European Patent No. EP 1234567"),
        ({"number": "12", "authority": "Germany"}, "German Patent No. 12"),
        ({"number": "12", "authority": "Moorland"}, "Moorland Patent No. 12"),
        ({"number": "U.S. Patent No. 12"}, "U.S. Patent No. 12"),
        ({"genre": "Plant patent", "number": "12"}, "Plant patent No. 12"),
    ],
)
def test_a_patent_has_its_office(fields, expected):
    text = listed(**{"type": "patent", "title": "Net", "number": "US123"} | QUILL | fields)

    assert text == f"Quill, A. (2020). *Net* ({expected})."


def test_a_patent_office_is_the_source():
    text = listed(
        type="patent",
        title="Net",
        number="12",
        authority="U.S. Patent and Trademark Office",
        **QUILL,
    )

    assert text == (
        "Quill, A. (2020). *Net* (U.S. Patent No. 12). U.S. Patent and Trademark Office."
    )


# Letters, interviews, maps, speeches


@pytest.mark.parametrize(
    ("csl", "expected"),
    [
        (
            {"type": "personal_communication", "title": "On weirs", "archive": "Moor Archive"}
            | {"archive-place": "Moor, Moorland", "archive_location": "Box 3"}
            | {"recipient": people("Bell, Bo")},
            "*On weirs* [Letter to B. Bell]. Moor Archive (Box 3), Moor, Moorland.",
        ),
        (
            {"type": "personal_communication", "title": "On weirs", "archive": "Moor Archive"},
            "*On weirs* [Letter]. Moor Archive.",
        ),
        (
            {"type": "personal_communication", "title": "On weirs", "genre": "E-mail"} | WEB,
            "*On weirs* [E-mail]. URL",
        ),
        (
            {"type": "interview", "title": "Of nets", "interviewer": people("Bell, Bo")}
            | {"archive": "Moor Archive"},
            "*Of nets* (B. Bell, Interviewer) [Interview]. Moor Archive.",
        ),
        (
            {"type": "interview", "title": "Of nets", "medium": "audio/mpeg"} | WEB,
            "*Of nets* [Interview]. URL",
        ),
        (
            {"type": "personal_communication", "archive": "Moor Archive"}
            | {"recipient": people("Bell, Bo")},
            "[Letter to B. Bell]. Moor Archive.",
        ),
        (
            {"type": "review-book", "reviewed-title": "Nets", "container-title": "Moor Review"}
            | {"reviewed-author": people("Bell, Bo")},
            "[Review of the book *Nets*, by B. Bell]. *Moor Review*.",
        ),
        (
            {"type": "map", "title": "Moors", "publisher": "Moor Press"}
            | {"publisher-place": "Moortown"},
            "*Moors* [Map]. Moor Press.",
        ),
        ({"type": "map", "title": "Moors", "publisher": "Quill"}, "*Moors* [Map]."),
        ({"type": "speech", "title": "On leaves"} | WEB, "*On leaves*. URL"),
        (
            {"type": "speech", "title": "On leaves", "event-place": "Moortown"},
            "*On leaves*. Moortown.",
        ),
        ({"type": "book", "title": "Nets:"}, "*Nets*."),
        ({"type": "book", "title": "Nets :", "publisher": "Moor Press,"}, "*Nets*. Moor Press."),
        (
            {"type": "chapter", "title": "Ties", "editor": people("Bell, Bo"), "page": "3-9"},
            "*Ties* (B. Bell, Ed.; pp. 3–9).",
        ),
        ({"type": "paper-conference", "title": "Ties", "page": "3-9"}, "*Ties* (pp. 3–9)."),
        (
            {"type": "article-journal", "title": "Ties", "volume": "2", "issue": "1", "page": "7"},
            "*Ties* (Vol. 2, No. 1, p. 7).",
        ),
        (
            {"type": "chapter", "title": "Ties", "container-title": "Nets"}
            | {"editor": people("Quill, Ana")},
            "Ties. In A. Quill (Ed.), *Nets*.",
        ),
    ],
)
def test_what_is_missing_leaves_nothing_behind(csl, expected):
    assert listed(**QUILL | csl) == f"Quill, A. (2020). {expected}"


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        *((text, "2nd ed.") for text in ("2", "2nd", "2.", "Second", "second edition", "2nd ed")),
        *((text, "2nd ed.") for text in ("2. Auflage", "2. Aufl.", "2e druk", "2e édition")),
        *((text, "2nd ed.") for text in ("2ª edición", "2a ed.", "2nd edn")),
        ("11", "11th ed."),
        *((text, "Rev. ed.") for text in ("Revised", "Rev. ed.", "Revised edition")),
        ("International", "International ed."),
        ("25th anniversary", "25th anniversary ed."),
        ("2nd printing", "2nd printing"),
        ("Zweite Auflage", "Zweite Auflage"),
        ("Third, revised edition", "Third, revised edition"),
    ],
)
def test_an_edition_is_printed_as_apa_does_or_as_it_is(edition, expected):
    text = listed(type="book", title="Nets", edition=edition, **QUILL)

    assert (
        text
        == f"Quill, A. (2020). *Nets* ({expected.rstrip('.')}{'.' if '.' in expected else ''})."
    )


@pytest.mark.parametrize(
    ("family", "given", "expected"),
    [
        ("כהן", "גילי", "כהן, ג."),
        ("محمود", "نجيب", "محمود, ن."),
        ("Иванов", "Пётр", "Иванов, П."),
        ("王", "小明", "王小明"),
    ],
)
def test_initials_in_every_alphabet(family, given, expected):
    csl = {"type": "book", "title": "Nets", "author": [{"family": family, "given": given}]}

    assert listed(**csl) == f"{expected.rstrip('.')}. (n.d.). *Nets*."
