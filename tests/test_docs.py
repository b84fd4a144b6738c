"""The documents keep up with the program."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text()
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

COMMANDS = sorted(
    path.stem
    for app in ("blog", "network")
    for path in (ROOT / app / "management" / "commands").glob("*.py")
    if path.stem != "__init__"
)
SETTINGS = sorted(
    set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "plnsite" / "settings.py").read_text()))
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command):
    assert f"`manage.py {command}" in README


def test_the_readme_names_no_command_that_is_missing():
    named = set(re.findall(r"manage\.py ([a-z_]+)", README))
    djangos = {
        "migrate",
        "createcachetable",
        "createsuperuser",
        "runserver",
        "collectstatic",
        "check",
    }

    assert sorted(named - djangos) == COMMANDS


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_environment_variable_is_in_the_readme(setting):
    assert f"| `{setting}` |" in README


@pytest.mark.parametrize("app", ["blog", "network"])
def test_architecture_names_every_entry(app):
    table = ARCHITECTURE.partition(f"| in `{app}/` |")[2].partition("\n\n")[0]
    first_cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    entries = [
        f"{path.name}/" if path.is_dir() else path.name
        for path in (ROOT / app).iterdir()
        if not path.name.startswith("__")
    ]

    assert sorted(re.findall(r"`([^`]+)`", " ".join(first_cells))) == sorted(entries)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document):
    targets = re.findall(r"\]\(([^)#:]+)\)", document.read_text())

    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_that_are_named_are_there(document):
    named = re.findall(
        r"`((?:blog|network|plnsite|templates|static|tests|docs|locale)/[\w./-]*)`",
        document.read_text(),
    )

    assert [path for path in named if not (ROOT / path).exists()] == []
