"""The documents keep up with the program."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()

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


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"])
def test_links_lead_somewhere(document):
    text = (ROOT / document).read_text()

    targets = re.findall(r"\]\(([^)#:]+)\)", text)

    assert [target for target in targets if not (ROOT / target).exists()] == []
