"""Entries in APA style of every form that people paste."""

import pytest

from blog.citations.parsers.reference_line import read_apa


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # parts of books
        ("Quill, A. (2016). Learning to net. In Nets of the moor (pp. 207–226). Moor Press.",
         {"type": "chapter", "container-title": "Nets of the moor", "page": "207-226",
          "publisher": "Moor Press"}),
        ("Quill, A. (2016). Ties? In C. Mar (Ed.), What are nets? (p. 3). New York, NY: Sage.",
         {"type": "chapter", "title": "Ties?", "container-title": "What are nets?", "page": "3",
          "publisher": "Sage", "publisher-place": "New York, NY"}),
        ("Quill, A. (2016). Ties. In C. Mar (Ed.), & D. Sol (Trans.), Nets (pp. 3–9). Sage.",
         {"type": "chapter", "editor": [{"family": "Mar", "given": "C."}],
          "translator": [{"family": "Sol", "given": "D."}], "container-title": "Nets"}),
        ("Quill, A. (2016). What are ties? In search of nets. Moor Press.",
         {"type": "book", "title": "What are ties? In search of nets"}),
        ("X. (2025). In Moor encyclopedia. https://example.org/x",
         {"type": "entry-encyclopedia", "title": "X", "container-title": "Moor encyclopedia"}),
        ("Net. (n.d.). In Moor dictionary. Retrieved May 3, 2024, from https://example.org/x",
         {"type": "entry-dictionary", "title": "Net", "accessed": {"date-parts": [[2024, 5, 3]]}}),
        ("Quill, A. (Host). (2020, March 3). Ten minutes [Audio podcast episode]. In Moor Talk. "
         "Moor Radio. https://example.org/p",
         {"type": "broadcast", "container-title": "Moor Talk", "publisher": "Moor Radio"}),
        # titles in the author's place
        ("Nets and weirs. (2003). Journal of Nets, 36(4–5), 1–2. https://doi.org/10.5555/13",
         {"type": "article-journal", "title": "Nets and weirs", "author": None, "issue": "4–5",
          "container-title": "Journal of Nets"}),
        ("Nets of the moor. (2003). Moor Press.",
         {"type": "book", "title": "Nets of the moor", "publisher": "Moor Press", "author": None}),
        ("What is a net? (2003, May 3). The Moor Times, A1, A4.",
         {"type": "article-newspaper", "title": "What is a net?", "page": "A1, A4"}),
        # dates
        ("Quill, A. (n.d.). Nets. Moor Press.", {"type": "book", "title": "Nets", "issued": None}),
        ("Quill, A. (in press-a). Nets. Journal of Nets.",
         {"type": "article-journal", "container-title": "Journal of Nets",
          "issued": {"literal": "in press"}}),
        ("Quill, A. (2015–present). Moor Talk [Audio podcast]. Moor Radio.",
         {"issued": {"literal": "2015–present"}}),
        ("Quill, A. (2019, June 30–July 2). Nets [Paper presentation]. Moor Conference, Moor.",
         {"issued": {"date-parts": [[2019, 6, 30], [2019, 7, 2]]}, "event-title": "Moor Conference",
          "event-place": "Moor"}),
        ("Plato. (ca. 380 B.C.E.). The republic. Moor Press.",
         {"issued": {"date-parts": [[-380]], "circa": True}}),
        # journals
        ("Quill, A. (2026). Nets of today. Journal of Nets. https://doi.org/10.5555/14",
         {"type": "article-journal", "container-title": "Journal of Nets"}),
        ("Quill, A. (2026). Nets of today. Journal of Nets. Advance online publication.",
         {"type": "article-journal", "container-title": "Journal of Nets",
          "status": "advance online publication"}),
        ("Quill, A. (2012). Ties. Journal of Ties, (3), 33–49.",
         {"volume": None, "issue": "3", "page": "33-49"}),
        ("Quill, A. (2012). Ties. Journal of Ties 17(1): 33-49.",
         {"container-title": "Journal of Ties", "volume": "17", "issue": "1", "page": "33-49"}),
        ("Quill, A. (2012). Ties. ACS Appl. Mater. Nets, 7(1), 273–278.",
         {"title": "Ties", "volume": "7"}),
        ("Quill, A. (2012). Ties in the moor. Semicond. Sci. Technol., 29(11), 113001.",
         {"title": "Ties in the moor", "container-title": "Semicond. Sci. Technol."}),
        ("Quill, A. (2021). “Nets are good.” The Moor Times, 3(1), 4.",
         {"title": "“Nets are good.”", "container-title": "The Moor Times"}),
        ("Quill, A. (2012). Ties in the U.K. Journal of Ties, 3(1).",
         {"title": "Ties in the U.K.", "container-title": "Journal of Ties"}),
        # other works
        ("Quill, A. (2012). Ties (Publication No. 123) [Doctoral dissertation, Moor University]. "
         "ProQuest.",
         {"type": "thesis", "genre": "Doctoral dissertation", "publisher": "Moor University",
          "archive": "ProQuest", "number": "123"}),
        ("Quill, A. (2012). Ties (B. Sol, Trans.; 2nd ed., Vol. 3). Moor Press.",
         {"title": "Ties", "edition": "2", "volume": "3",
          "translator": [{"family": "Sol", "given": "B."}]}),
        ("Moor Institute. (2021). Nets (Working Paper No. 12). https://example.org/r",
         {"type": "report", "title": "Nets", "number": "12", "genre": "Working Paper"}),
        ("Quill, A. (2012). Título de redes [Title of the nets]. Revista de Redes, 3(1).",
         {"title": "Título de redes [Title of the nets]", "genre": None}),
        ("Luna v. Sol, 576 U.S. 644 (2015). https://example.org/c",
         {"type": "legal_case", "title": "Luna v. Sol", "volume": "576", "page": "644"}),
        # addresses
        ("Quill, A. (2012). Ties. Site. Retrieved from https://example.org/x on March 3, 2021.",
         {"container-title": "Site", "URL": "https://example.org/x",
          "accessed": {"date-parts": [[2021, 3, 3]]}}),
        ("Quill, A. (2012). Ties. Retrieved May 3, 2021, from Moor Site website: https://x.org/y",
         {"container-title": "Moor Site", "URL": "https://x.org/y"}),
        ("Quill, A. (2012). Ties. Nets, 3(1), 33–49. <https://doi.org/10.1234/x>",
         {"page": "33-49", "DOI": "10.1234/x"}),
        ("Quill, A. (2012). Ties. Nets, 3(1). [https://doi.org/10.1234/x](https://doi.org/10.1234/x)",
         {"DOI": "10.1234/x"}),
        ("Quill, A. (2012). Ties. Nets, 3(1). https://doi.org/10.1234/ x", {"DOI": "10.1234/x"}),
        ("Quill, A. (2012). Ties. Nets, 3(1). https://doi.org/10.1234/x PMID: 123",
         {"DOI": "10.1234/x", "PMID": "123"}),
    ],
)  # fmt: skip
def test_an_entry_of_each_form(line, expected):
    record = read_apa(line)

    assert {field: record.get(field) for field in expected} == expected
