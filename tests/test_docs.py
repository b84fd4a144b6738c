"""The documents keep up with the program."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
TESTING = (ROOT / "docs" / "testing.md").read_text()
SECURITY = (ROOT / "SECURITY.md").read_text()
PROMISES = (ROOT / "docs" / "security.md").read_text()
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text()
ROOMS = (ROOT / "docs" / "rooms.md").read_text()
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

COMMANDS = sorted(
    path.stem
    for app in ("blog", "network")
    for path in (ROOT / app / "management" / "commands").glob("*.py")
    if path.stem != "__init__"
)
SETTINGS_FILE = (ROOT / "plnsite" / "settings.py").read_text()
SETTINGS = sorted(set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', SETTINGS_FILE)))


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
        "shell",
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


def test_rooms_name_every_step_of_pasting():
    row = ROOMS.partition("- **`paste/`**")[2].partition("\n- ")[0]
    modules = {path.stem for path in (ROOT / "blog" / "paste" / "html").glob("[a-z]*.py")}

    assert set(re.findall(r"`([a-z_]+)`", row)) == modules


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


def test_every_figure_has_its_command_in_contributing():
    programs = sorted(path.stem for path in (ROOT / "tests" / "benchmarks").glob("bench_*.py"))

    named = re.findall(r"python -m tests\.benchmarks\.(bench_\w+)", TESTING)

    assert sorted(named) == programs


def promised(table):
    """Return the tests in the rows of each promise; a row without one goes on with the last."""
    rows, promise = {}, ""
    for row in table.splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        promise = cells[0] or promise
        if path := re.fullmatch(r"`([\w/]+\.py)`", cells[-1]):
            rows.setdefault(promise, []).append(path[1])
    return rows


def test_every_promise_of_security_has_its_tests():
    promises = re.findall(r"^- \*\*(.+?)\.?\*\*", SECURITY, re.MULTILINE)

    assert list(promised(PROMISES)) == [promise.replace("'", "’") for promise in promises]


@pytest.mark.parametrize("path", sum(promised(PROMISES).values(), []))
def test_what_holds_a_promise_has_tests(path):
    assert "\ndef test_" in (ROOT / path).read_text()


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_run_tells_the_address_that_it_serves():
    command = ["make", "--dry-run", "--no-print-directory", "run", "PORT=8099"]

    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    [told] = re.findall(r"echo .* is at (\S+) ", said)
    assert told == "http://127.0.0.1:8099/"
    assert "SITE_URL=${SITE_URL:-http://127.0.0.1:8099} " in said
    assert said.rstrip().endswith("manage.py runserver 127.0.0.1:8099")


def test_what_the_readme_schedules_keeps_backups_no_longer_than_pages_say():
    """Pages say how long backups have what was deleted; the example deletes them before."""
    default = int(re.search(r'env\.int\("BACKUPS_KEPT_DAYS", (\d+)\)', SETTINGS_FILE)[1])
    [kept] = re.findall(r"find /var/backups/pln .* -mtime \+(\d+) -exec rm", README)
    promised = (ROOT / "docs" / "privacy" / "retention.md").read_text()

    assert f"| `BACKUPS_KEPT_DAYS` | `{default}` |" in README
    assert f"no longer than {default} days" in promised
    assert int(kept) < default
