"""A line in the form that the formatter has is printed again as it is."""

import pytest

from blog.citations import format_citations, parse_cluster
from blog.citations.parsers.reference_line import read_reference


def printed(line):
    """Return the entry and the citation in the text of the record that a line is read to."""
    done = format_citations({"key": read_reference(line)}, [parse_cluster("@key")])
    (entry,) = done.entries
    return "".join(run.text for run in entry.runs), "".join(run.text for run in done.in_text[0])


@pytest.mark.parametrize(
    "line",
    [
        "Quill, A. (2026). Nets. Journal of Nets. Advance online publication.",
        "Quill, A. (2026). Nets. Journal of Nets. Advance online publication. https://doi.org/10.5555/14",
        "Quill, A. (2026). Nets. Journal of Nets, 12, Article 33. Advance online publication.",
        "Quill, A. (in press). Nets. Journal of Nets. Advance online publication.",
        "Quill, A. (in press). Nets of today. Journal of Nets.",
        "Quill, A. (in press). Nets of today. Moor Press.",
        "Quill, A. (in press). Nets. In B. Bell (Ed.), Book of nets (pp. 1–9). Moor Press.",
        "Quill, A. (n.d.). Nets of today. Moor Press.",
        "Quill, A. (n.d.). Nets. Retrieved May 4, 2020, from https://example.org/x",
        "Quill, A. (2019–2021). Nets. Moor Press.",
        "Quill, A. (1999). Nets of today. Moor Press. (Original work published 1899)",
        "Quill, A. (ca. 1899). Nets of today. Moor Press.",
        "Quill, A. (Ed. & Trans.). (2019). Nets of today. Moor Press.",
        "Quill, A., & Bell, B. (Eds. & Trans.). (2019). Nets of today. Moor Press.",
        "Quill, A. (2019). Nets of today (B. Bell, Ed. & Trans.). Moor Press.",
        "Quill, A. (2019). Nets of today (B. Bell & C. Mar, Eds. & Trans.; 2nd ed.). Moor Press.",
        "Quill, A. (2019). Nets. In B. Bell (Ed. & Trans.), Book of nets (pp. 1–9). Moor Press.",
    ],
)
def test_a_line_is_printed_as_it_was(line):
    assert printed(line)[0] == line


@pytest.mark.parametrize(
    ("dates", "date", "cited"),
    [
        ("1899/1999", "1999", "1899/1999"),
        ("1899/1999b", "1999", "1899/1999"),
        ("1999/1899", "1999", "1899/1999"),
        ("1999 / 1899", "1999", "1899/1999"),
        ("1999–1899", "1999", "1899/1999"),
        ("1900/1899", "1900", "1899/1900"),
        ("2019/2020", "2019–2020", "2019–2020"),
        ("1899-1999", "1899–1999", "1899–1999"),
    ],
)
def test_two_years_with_a_slash_are_a_work_published_again(dates, date, cited):
    entry, in_text = printed(f"Quill, A. ({dates}). Nets of today. Moor Press.")

    original = " (Original work published 1899)" if "/" in cited else ""
    assert entry == f"Quill, A. ({date}). Nets of today. Moor Press.{original}"
    assert in_text == f"(Quill, {cited})"


@pytest.mark.parametrize(
    "line",
    [
        "As noted by Calder. (2014).",
        "As Calder and Sol. (2014).",
        "See Luna and Sol. (2010).",
        "According to the book by Calder. (2014).",
        "An idea that goes back to Calder and Sol. (2014).",
        "In Luna. (2014).",
    ],
)
def test_a_sentence_with_a_citation_is_no_entry(line):
    assert read_reference(line) == {}


@pytest.mark.parametrize("line", ["Nets by the moor. (2014).", "The nets of Moor Town. (2014)."])
def test_a_title_that_stands_alone_is_still_read(line):
    assert read_reference(line)["title"] == line.removesuffix(". (2014).")


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        (
            "Quill, A. (2016). Nets. In Bell, B. (Ed.), Book of nets (pp. 1-9). York: Moor Press.",
            "Quill, A. (2016). Nets. In B. Bell (Ed.), Book of nets (pp. 1–9). Moor Press.",
        ),
        (
            "Quill, A. (2016). Nets. In Bell, B., & Sol, C. D. (Eds.), Book of nets. Moor Press.",
            "Quill, A. (2016). Nets. In B. Bell & C. D. Sol (Eds.), Book of nets. Moor Press.",
        ),
        (
            "Quill, A. (2016). Netze. In B. Bell (Hrsg.), Buch der Netze (S. 3–9). Moor Verlag.",
            "Quill, A. (2016). Netze. In B. Bell (Ed.), Buch der Netze (pp. 3–9). Moor Verlag.",
        ),
        (
            "Quill, A. (2016). Redes. En B. Bell (Ed.), Libro de redes (pp. 3–9). Editorial Moor.",
            "Quill, A. (2016). Redes. In B. Bell (Ed.), Libro de redes (pp. 3–9). Editorial Moor.",
        ),
        (
            "Quill, A. (2016). Filets. Dans B. Bell (dir.), Livre (p. 3–9). Éditions Moor.",
            "Quill, A. (2016). Filets. In B. Bell (Ed.), Livre (pp. 3–9). Éditions Moor.",
        ),
        (
            "Quill, A. (Hrsg.). (2016). Netze im Moor (2. Aufl.). Moor Verlag.",
            "Quill, A. (Ed.). (2016). Netze im Moor (2nd ed.). Moor Verlag.",
        ),
        (
            "Quill, A., ed. (2016). Learning to net. Moor Press.",
            "Quill, A. (Ed.). (2016). Learning to net. Moor Press.",
        ),
        ("Quill, A. (o. J.). Netze. Moor Verlag.", "Quill, A. (n.d.). Netze. Moor Verlag."),
        ("Quill, A. (s.f.). Redes. Editorial Moor.", "Quill, A. (n.d.). Redes. Editorial Moor."),
        ("Quill, A. (s. d.). Filets. Éditions Moor.", "Quill, A. (n.d.). Filets. Éditions Moor."),
        (
            "王小明（2018）。学习网络。教育研究，39(5)，12–20。",
            "王小明. (2018). 学习网络. 教育研究, 39(5), 12–20.",
        ),
        (
            "محمد، أ. (2019). الشبكات. مجلة التعليم، 3(2)، 5-9.",
            "محمد, أ. (2019). الشبكات. مجلة التعليم, 3(2), 5–9.",
        ),
        (
            "Quill, A. (2016). Nets of the moor. Moor Press. ISBN 978-3-16-148410-0",
            "Quill, A. (2016). Nets of the moor. Moor Press.",
        ),
        (
            "Quill, A. (2016, May). Nets of old [Paper presentation]. Moor Days, Chicago, IL, USA.",
            "Quill, A. (2016, May). Nets of old [Paper presentation]. Moor Days, Chicago, IL, USA.",
        ),
    ],
)
def test_a_line_of_another_habit_is_printed_in_apa_style(line, entry):
    assert printed(line)[0] == entry


def test_a_preprint_server_in_lower_case_is_no_part_of_a_title():
    found = read_reference("Quill, A. (2016). Nets. arXiv. https://doi.org/10.48550/arxiv.1601.1")

    assert (found["title"], found["container-title"]) == ("Nets", "arXiv")


@pytest.mark.parametrize(
    "line",
    [
        "[2] B. Bell and A. Quill, Nets of the Moor, 2nd ed. York, UK: Moor Press, 2016.",
        "Quill, Ann and Bo Bell. (2016). Learning to net. Moor Press.",
    ],
)
def test_a_line_whose_names_are_not_read_is_not_read(line):
    assert read_reference(line) == {}
