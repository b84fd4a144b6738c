"""The files that pages load, as a production site collects and serves them."""

import gzip
import re
from pathlib import Path
from shutil import copytree

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from plnsite.bundles import SHARED, WRITING
from tests.collected import STORAGES
from tests.test_settings import PRODUCTION, read

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = [
    "js/accounts/main.js",
    "js/comments/main.js",
    "js/editor/combine.js",
    "js/editor/main.js",
    "js/editor/small.js",  # by comments/small-editor.js, where somebody comes near the form
    "js/editor/visual/main.js",  # by editor/modes.js, where somebody writes on a page
    "js/feedback/main.js",
    "js/lti/close-frame.js",
    "js/lti/launch.js",
    "js/lti/send-at-once.js",
    "js/grading/main.js",
    "js/grading/release.js",
    "js/network/main.js",
    "js/notifications/main.js",
    "js/prompts/main.js",
    "js/rubrics/main.js",
    "js/shell/main.js",
]
IMPORT = re.compile(r"""^import\b[^;]*?["']([^"']+)["'];""", re.MULTILINE)
LATER = re.compile(r"""\bimport\(["']([^"']+)["']\)""")
HASHED = re.compile(r"/[\w-]+\.[0-9a-f]{12}\.js$")


@pytest.fixture
def collected(settings, collected_files):
    """Serve the files that were collected, as a production site does."""
    settings.STORAGES, settings.STATIC_ROOT = STORAGES, collected_files
    return collected_files


def imports_of(path: Path) -> list[Path]:
    """Return the files that a script imports."""
    source = path.read_text()
    names = IMPORT.findall(source) + LATER.findall(source)
    return [(path.parent / name).resolve() for name in names]


def reachable(entries: list[Path]) -> set[Path]:
    """Return these scripts and all that they import, directly or not."""
    found, ahead = set(), list(entries)
    while ahead:
        path = ahead.pop()
        if path not in found:
            found.add(path)
            ahead += imports_of(path)
    return found


def test_scripts_import_each_other_by_hashed_names(collected):
    entries = [collected / staticfiles_storage.stored_name(name) for name in ENTRIES]

    loaded = reachable(entries)

    assert [str(path) for path in loaded if not HASHED.search(str(path))] == []
    assert [str(path) for path in loaded if not path.exists()] == []
    shared = {collected / staticfiles_storage.stored_name(name) for name in (SHARED, WRITING)}
    assert loaded == {*entries, *shared}


@pytest.mark.parametrize("name", ["css/site.css", SHARED, "js/shell/main.js"])
def test_what_is_joined_is_stored_compressed(collected, name):
    file = collected / staticfiles_storage.stored_name(name)

    packed = file.with_name(f"{file.name}.gz")

    assert gzip.decompress(packed.read_bytes()) == file.read_bytes()


@pytest.mark.long
def test_files_are_collected_again_from_their_sources(collected, settings, tmp_path):
    settings.STATIC_ROOT = collected = copytree(collected, tmp_path / "static")
    once = {path: path.read_bytes() for path in collected.rglob("*.js")}

    call_command("collectstatic", interactive=False, verbosity=0)

    assert {path: path.read_bytes() for path in collected.rglob("*.js")} == once


def test_a_page_of_production_has_one_style_sheet(collected, client, db):
    page = client.get("/").content.decode()

    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)">', page)
    assert sheets == [staticfiles_storage.url("css/site.css")]


def test_every_module_is_loaded_by_some_page():
    modules = set((ROOT / "static/js").rglob("*.js")) - {ROOT / "static/js/shell/theme.js"}

    assert reachable([ROOT / "static" / name for name in ENTRIES]) == modules


def test_a_production_site_serves_hashed_names():
    result = read("s.STORAGES['staticfiles']['BACKEND']", **PRODUCTION)

    assert result.stdout == "plnsite.storage.StaticFilesStorage\n"
