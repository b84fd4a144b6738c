"""The table of figures: new ones in the column of their engine, all others as they were."""

import ast

import pytest

from tests.figures import HEADING, PAGE, ROOT, VARIABLE, added_up, recorder, rows_of, with_figures

PLAIN = f"""# Promises

| a | b |

{HEADING}
How hard.

| promise | test | SQLite | PostgreSQL |
| --- | --- | --- | --- |
"""


def found(promise, words, test="`tests/test_x.py`"):
    return {"promise": promise, "test": test, "words": words}


def test_figures_of_both_engines_stand_beside_each_other():
    page = with_figures(PLAIN, [found("Kept", "3 kills"), found("Asked", "5 forms")], "SQLite")
    page = with_figures(page, [found("Kept", "20 kills")], "PostgreSQL")
    page = with_figures(page, [found("Kept", "4 kills")], "SQLite")

    assert page.removeprefix(PLAIN) == (
        "| Asked | `tests/test_x.py` | 5 forms |  |\n"
        "| Kept | `tests/test_x.py` | 4 kills | 20 kills |\n"
    )


def test_a_page_without_new_figures_stays_as_it_is():
    page = PAGE.read_text()

    assert with_figures(page, [], "SQLite") == page


@pytest.mark.parametrize("asked", [True, False])
def test_figures_are_written_down_for_whoever_asks(asked, tmp_path, monkeypatch):
    file = tmp_path / "figures"
    monkeypatch.setenv(VARIABLE, str(file) if asked else "")

    recorder("tests/test_x.py")("Kept", "3 kills")

    assert file.exists() is asked


def test_counts_of_many_cases_are_added_up(tmp_path, monkeypatch):
    file = tmp_path / "figures"
    monkeypatch.setenv(VARIABLE, str(file))
    record = recorder("tests/test_x.py")

    record("Kept", "3 kills")
    record("Asked", "{cases} cases, {answers} answers", cases=1, answers=900)
    record("Kept", "20 kills of {all}")
    record("Asked", "{cases} cases, {answers} answers", cases=1, answers=800)

    assert added_up(file.read_text().splitlines()) == [
        found("Kept", "20 kills of {all}"),
        found("Asked", "2 cases, 1,700 answers"),
    ]


def promises_in(source):
    """Return the first words of each call of ``figure`` in a file, or of the constant they are."""
    tree = ast.parse(source)
    known = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            [target] = node.targets
            first = target.elts[0] if isinstance(target, ast.Tuple) else target
            known[first.id] = node.value.elts[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "figure":
            first = getattr(node.args[0], "value", node.args[0])  # of *constant too
            yield ast.literal_eval(known[first.id]) if isinstance(first, ast.Name) else first


def test_each_figure_that_a_test_notes_has_its_row_and_no_other_has_one():
    noted = {
        (promise, f"`{path.relative_to(ROOT)}`")
        for path in (ROOT / "tests").rglob("test_*.py")
        if "pytest.mark.figure" in (source := path.read_text())
        for promise in promises_in(source)
    }

    assert {(row["promise"], row["test"]) for row in rows_of(PAGE.read_text())} == noted
