"""Reading RIS as people and programs write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations import CiteItem, Cluster, format_citations
from blog.citations.parsers import read_references
from blog.exceptions import ReadError


def one(text):
    (record,) = read_references(text)
    return record


def listed(text):
    works = {record["id"]: record for record in read_references(text)}
    return [
        entry.text
        for entry in format_citations(works, [Cluster((CiteItem(key),)) for key in works]).entries
    ]


class TestRis:
    ARTICLE = """TY  - JOUR
ID  - luna2020
AU  - Luna, Ana
AU  - King, Martin, Jr.
AU  - Bui Phu Hung
TI  - On ties
T2  - Journal of Ties
PY  - 2020/05/04/
VL  - 3
IS  - 1
SP  - 10
EP  - 19
DO  - 10.1234/ABC
UR  - https://x.org/a; https://x.org/b
ER  - 
"""  # noqa: W291

    def test_an_article(self):
        assert one(self.ARTICLE) == {
            "id": "luna2020",
            "type": "article-journal",
            "author": [
                {"family": "Luna", "given": "Ana"},
                {"family": "King", "given": "Martin", "suffix": "Jr."},
                {"literal": "Bui Phu Hung"},
            ],
            "title": "On ties",
            "container-title": "Journal of Ties",
            "issued": {"date-parts": [[2020, 5, 4]]},
            "volume": "3",
            "issue": "1",
            "page": "10-19",
            "DOI": "10.1234/abc",
            "URL": "https://x.org/a",
        }

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_marks_and_line_ends_of_every_system(self, newline):
        assert one("\ufeff" + self.ARTICLE.replace("\n", newline))["title"] == "On ties"

    def test_a_record_that_is_not_closed_is_kept(self):
        text = "TY  - BOOK\nTI  - One\nPY  - 1999\nTY  - BOOK\nTI  - Two\nPY  - 1999"

        assert listed(text) == ["One. (1999).", "Two. (1999)."]

    def test_text_before_the_first_tag_and_after_the_last_is_no_matter(self):
        text = "1.\nTY  - BOOK\nstray\nTI  - Ties that\n  bind\nZZ  - unknown\nER  -\nstray\n"

        assert one(text)["title"] == "Ties that bind"

    def test_a_chapter(self):
        text = "TY  - CHAP\nAU  - Lee, C\nA2  - Doe, D\nTI  - Ties\nT2  - Book\nPB  - Sage\nSP  - 7"

        assert listed(text) == ["Lee, C. (n.d.). Ties. In D. Doe (Ed.), Book (p. 7). Sage."]

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("https://x.org/a; https://x.org/b", "https://x.org/a"),
            ("https://x.org/a;https://x.org/b", "https://x.org/a"),
            ("https://x.org/a;jsessionid=12?b=1;c", "https://x.org/a;jsessionid=12?b=1;c"),
        ],
    )
    def test_a_semicolon_inside_an_address_does_not_end_it(self, written, read):
        assert one(f"TY  - ELEC\nTI  - Ties\nUR  - {written}\nER  - \n")["URL"] == read

    def test_the_author_of_a_film_is_its_director(self):
        text = "TY  - MPCT\nAU  - Lee, Chris\nTI  - Ties\nPY  - 2020\nER  - \n"

        assert listed(text) == ["Lee, C. (Director). (2020). Ties [Film]."]

    def test_all_notes_are_kept_and_fields_in_notes_are_read(self):
        text = (
            "TY  - SOUND\nTI  - Ties\nN1  - Lent to Bo.\nN1  - medium: LP\nN1  - Ask Cy.\nER  - \n"
        )

        record = one(text)

        assert (record["note"], record["medium"]) == ("Lent to Bo. Ask Cy.", "LP")

    @pytest.mark.parametrize(
        ("lines", "field", "value"),
        [
            ("SP  - 12-19\nEP  - 19", "page", "12-19"),
            ("SP  - 12–19\nEP  - 19", "page", "12–19"),
            ("SP  - 12", "page", "12"),
            ("M3  - doi: 10.1234/ABC", "DOI", "10.1234/abc"),
            ("UR  - https://doi.org/10.1234/ABC", "DOI", "10.1234/abc"),
            ("UR  - https://x.org/x;jsessionid=12?a=1", "URL", "https://x.org/x;jsessionid=12?a=1"),
            ("UR  - https://x.org/a;https://x.org/b", "URL", "https://x.org/a"),
            ("UR  - https://doi.org/10.1234/a\nUR  - https://x.org/b", "URL", "https://x.org/b"),
        ],
    )
    def test_what_programs_put_into_the_field_beside(self, lines, field, value):
        assert one(f"TY  - JOUR\nTI  - Ties\n{lines}\nER  - ")[field] == value

    def test_the_address_of_a_doi_is_no_second_address(self):
        record = one("TY  - JOUR\nTI  - Ties\nUR  - https://doi.org/10.1234/ABC\nER  - ")

        assert "URL" not in record

    def test_tags_with_one_space(self):
        record = one("TY - JOUR\nAU - Luna, Ana\nTI - On ties\nPY - 2020\nER -")

        assert (record["title"], record["author"]) == (
            "On ties",
            [{"family": "Luna", "given": "Ana"}],
        )

    @pytest.mark.parametrize(
        ("line", "people"),
        [
            ("Luna, Ada; Sol, Bo", ["Luna|Ada", "Sol|Bo"]),
            ("Luna, Ada and Sol, Bo", ["Luna|Ada", "Sol|Bo"]),
            ("Luna, Ada & Sol, Bo", ["Luna|Ada", "Sol|Bo"]),
            ("Luna, A., Sol, B., Mar, C.", None),
            ("Luna, A., Sol, B.", ["Luna|A.", "Sol|B."]),
            ("King, Martin, Jr.", ["King|Martin"]),
            ("Ministry of Education and Research", ["Ministry of Education and Research"]),
            ("Department of Education, Training and Employment",
             ["Department of Education, Training and Employment"]),
            ("Marks & Spencer", ["Marks & Spencer"]),
        ],
    )  # fmt: skip
    def test_names_on_one_line_are_told_apart(self, line, people):
        found = one(f"TY  - JOUR\nAU  - {line}\nTI  - Ties\nER  - ")["author"]

        people = people or ["Luna|A.", "Sol|B.", "Mar|C."]
        assert [p.get("literal") or f"{p['family']}|{p['given']}" for p in found] == people


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR AU  - Luna, A. TI  - On ties ER  -",
        "TY - JOUR AU - Luna, A. TI - On ties JO - J Ties PY - 2012 ER -",
        "TY  - JOUR\nER  -",
    ],
)
def test_a_record_with_nothing_in_it_is_refused(text):
    with pytest.raises(ReadError, match="not valid RIS"):
        read_references(text)


def test_a_book_and_its_editor_have_tags_of_old_files_too():
    found = one("TY  - CHAP\nA1  - Luna, A.\nT1  - Ties\nBT  - Nets\nED  - Bell, B.\nER  - ")

    assert (found["title"], found["container-title"]) == ("Ties", "Nets")
    assert found["editor"] == [{"family": "Bell", "given": "B."}]


def test_a_book_may_have_its_title_as_that_of_a_book():
    assert one("TY  - BOOK\nA1  - Luna, A.\nBT  - Nets\nER  - ")["title"] == "Nets"


HEADS = ["TY  -", "TY  - JOUR", "TY - JOUR", "TY -  JOUR", "TY   - JOUR", "  TY  - JOUR"]


@pytest.mark.parametrize("first", HEADS)
@pytest.mark.parametrize("second", HEADS)
@pytest.mark.parametrize("end", ["ER  - ", "ER -", "ER  -", ""])
def test_each_record_is_read_however_its_tags_are_spaced(first, second, end):
    records = read_references(
        f"TY  - BOOK\nTI  - Nets\n{end}\n"
        f"{first}\nAU  - Luna, A\nTI  - One\n{end}\n\n{second}\nAU - Sol, B\nTI - Two\n{end}\n"
    )

    assert [
        (record["title"], record.get("author", [{}])[0].get("family")) for record in records
    ] == [
        ("Nets", None),
        ("One", "Luna"),
        ("Two", "Sol"),
    ]


def test_a_line_of_text_that_looks_like_no_tag_stays_text():
    record = one("TY  - BOOK\nTI  - Nets\nAB  - Read in the\nUS - and the\nEU - too\nER  - ")

    assert record["abstract"] == "Read in the US - and the EU - too"


@given(st.lists(st.sampled_from(["good", "empty", "flat", "tight"]), min_size=1, max_size=6))
def test_every_record_that_is_begun_is_read_or_said_to_be_unread(kinds):
    texts = {
        "good": "TY  - JOUR\nTI  - Title {n}\nER  - \n",
        "empty": "TY  - JOUR\nER  - \n",
        "flat": "TY  - JOUR TI  - Title {n} ER  -\n",
        "tight": "TY - JOUR\nTI - Title {n}\nER -\n",
    }
    text = "".join(texts[kind].format(n=n) for n, kind in enumerate(kinds))
    unread = []
    if not {"good", "tight"} & set(kinds):
        with pytest.raises(ReadError):
            read_references(text, unread)
        return

    records = read_references(text, unread)

    assert len(records) + len(unread) == len(kinds)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("A. Sol, B. Luna & C. Mar", ["A. Sol", "B. Luna", "C. Mar"]),
        ("J. van Dijck", ["J. van Dijck"]),
        ("S Hassan, S.", ["S. S Hassan"]),
        (
            "A very well-known and serious institution",
            ["A very well-known and serious institution"],
        ),
        ("A Company", ["A Company"]),
    ],
)
def test_initials_before_a_name_tell_people_apart(line, people):
    (record,) = read_references(f"TY  - BOOK\nTI  - Ties\nAU  - {line}\nER  - \n")

    assert people == [
        " ".join(filter(None, map(name.get, ("given", "family", "literal"))))
        for name in record["author"]
    ]


def test_first_authors_and_authors_are_the_authors_in_their_order():
    record = one("TY  - BOOK\nA1  - Luna, A\nAU  - Sol, B\nAU  - Luna, A\nTI  - Ties\nER  - ")

    assert [name["family"] for name in record["author"]] == ["Luna", "Sol"]
