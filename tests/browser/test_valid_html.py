"""The Nu Html Checker finds no error on any page of the demo course, with words of the world."""

import json
import shutil
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from blog.models import Course
from tests.browser.places import places
from tests.browser.visits import open_in
from tests.typed_fields import fill
from tests.world_words import WORLD_WORDS

ROOT = Path(__file__).resolve().parents[2]
JAR = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("java"), reason="no Java: the checker needs it"),
    pytest.mark.skipif(not JAR.exists(), reason="no vnu-jar: make lint-js installs it"),
]

# On a phone our tables are no tables to the browser, and lose the roles that they have by nature:
# they say them, which the checker finds superfluous.
ROLES_OF_TABLES = "attribute must not be used on a “{}” element which has a “table” ancestor"
ALLOWED = tuple(ROLES_OF_TABLES.format(tag) for tag in ("td", "th", "tr", "thead", "tbody"))


@pytest.mark.figure
def test_the_checker_finds_no_error(tmp_path, figure):
    call_command("demo", force=True, stdout=StringIO())
    seen = places(Course.objects.get(slug="edci338"))
    fill(WORLD_WORDS)
    for number, (user, paths) in enumerate(seen.items()):
        client = Client()
        if user is not None:
            client.force_login(user)
        for name, path in paths.items():
            if page := open_in(client, path).content:  # some lead on
                (tmp_path / f"{number} {name}.html".replace(" ", "-")).write_bytes(page)

    done = subprocess.run(
        ["java", "-jar", JAR, "--errors-only", "--format", "json", "--exit-zero-always", tmp_path],
        capture_output=True,
        check=True,
    )

    messages = json.loads(done.stderr)["messages"]
    found = [
        (Path(one["url"]).name, one["message"], one.get("extract", ""))
        for one in messages
        if not any(words in one["message"] for words in ALLOWED)
    ]
    assert found == []
    pages = len(list(tmp_path.iterdir()))
    figure("The HTML checker finds no error", f"{pages} pages with words of the world")
