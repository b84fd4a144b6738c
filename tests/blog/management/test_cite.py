"""``manage.py cite``: a file in, citations and the list out, and no database."""

import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

BIBTEX = r"""
@book{who, author={{World Health Organization}}, title={A < b}, year=2021}
@article{sol, author={Sol, Eva}, title={Knots}, journal={Ties}, year=2020}
@article{luna, author={Luna, Ana and Sol, Eva}, title={On {T}ies}, journal={Ties}, year=2020,
         volume=3, pages={1--9}}
@article{luna2, author={Luna, Ana and Sol, Eva}, title={Bonds}, journal={Ties}, year=2020}
"""


@pytest.fixture
def bibtex(tmp_path):
    path = tmp_path / "works.bib"
    path.write_text(BIBTEX, encoding="utf-8")
    return path


def cite(*args):
    out = io.StringIO()
    call_command("cite", *map(str, args), stdout=out)
    return out.getvalue()


def test_json_is_a_list_in_list_order_with_the_ids_of_the_file(bibtex):
    assert json.loads(cite(bibtex, "--output", "json")) == [
        {
            "id": "luna2",
            "in_text": "(Luna & Sol, 2020a)",
            "entry": "Luna, A., & Sol, E. (2020a). Bonds. Ties.",
        },
        {
            "id": "luna",
            "in_text": "(Luna & Sol, 2020b)",
            "entry": "Luna, A., & Sol, E. (2020b). On Ties. Ties, 3, 1–9.",
        },
        {"id": "sol", "in_text": "(Sol, 2020)", "entry": "Sol, E. (2020). Knots. Ties."},
        {
            "id": "who",
            "in_text": "(World Health Organization, 2021)",
            "entry": "World Health Organization. (2021). A < b.",
        },
    ]


def test_text_gives_each_work_its_citation_and_its_entry(bibtex):
    assert cite(bibtex, "--style", "apa").split("\n\n")[2:] == [
        "(Sol, 2020)\nSol, E. (2020). Knots. Ties.",
        "(World Health Organization, 2021)\nWorld Health Organization. (2021). A < b.\n",
    ]


def test_html_is_escaped(bibtex):
    assert cite(bibtex, "--output", "html").splitlines()[-3:] == [
        '<li id="ref-who"><p>(World Health Organization, 2021)</p>',
        "<p>World Health Organization. (2021). <i>A &lt; b</i>.</p></li>",
        "</ul>",
    ]


def test_standard_input_in_an_old_encoding(monkeypatch):
    data = "@book{k, author={Müller, A}, title={Größe}, year=1999}".encode("cp1252")
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))

    assert cite("-") == "(Müller, 1999)\nMüller, A. (1999). Größe.\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_a_file_is_read_in_the_encoding_that_it_has(tmp_path, encoding):
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    file = tmp_path / "library.bib"
    file.write_bytes(f"{mark}@book{{k, title={{Über Netze}}, year=2020}}".encode(encoding))

    assert "Über Netze. (2020)." in cite(file)


def test_a_broken_file_ends_in_one_sentence(tmp_path):
    path = tmp_path / "broken.bib"
    path.write_text("@article{x,\n title={a")

    with pytest.raises(CommandError, match="Line 2 is not valid BibTeX"):
        cite(path)


def test_a_missing_file_ends_in_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        cite(tmp_path / "none.bib")


def test_an_unknown_style_is_refused(bibtex):
    with pytest.raises(CommandError, match="invalid choice: 'mla'"):
        cite(bibtex, "--style", "mla")
