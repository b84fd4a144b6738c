"""The drill: a backup while people write, restored in a new place, where somebody signs in.

Once on a site that sixteen people write in, for what they were told is saved; and once in peace,
for each row and each file.
"""

import json
import re
import stat
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from blog.models import User
from tests import factories
from tests.benchmarks.visits import HEADERS, TOKEN
from tests.durability.places import empty_place
from tests.durability.writers import Load, told

SIGNED_IN = ("django_session", "usersessions_usersession")
USERS = User._meta.db_table
pytestmark = pytest.mark.slow


@pytest.fixture
def pictures(settings, tmp_path, class_of_writers):
    """Create files that rows name: a portrait and a picture in a post, in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    [student, *_others], [post, *_more], _drafts = class_of_writers
    factories.make_portrait(student)
    factories.make_picture(post)


@pytest.fixture
def new_place(tmp_path):
    with empty_place(tmp_path / "new") as place:
        yield place


@pytest.mark.figure
def test_a_backup_under_load_and_one_in_peace_are_restored_elsewhere(
    pictures, writers, place_of_course, new_place, tmp_path, figure
):
    place = place_of_course
    busy, quiet = tmp_path / "backups" / "busy", tmp_path / "backups" / "quiet"

    load = Load(writers, place.start().port)
    load.await_answers(100)
    acknowledged = {kind: set(told(writers, kind)) for kind in ("comment", "post")}
    said = place.manage("backup", str(busy))
    load.await_answers(20)
    load.end()
    place.kill()

    assert re.match(r"Backup of 17 people, \d+ posts and 3 files, \d+\.\d MB: /", said)
    assert stat.S_IMODE(busy.stat().st_mode) == 0o700
    assert [path.name for path in busy.parent.iterdir()] == ["busy"]
    manifest = json.loads((busy / "manifest.json").read_text())
    assert manifest["settings"]["ALLOWED_HOSTS"] == "localhost"
    assert manifest["settings_withheld"] == ["DATABASE_URL", "SECRET_KEY"]
    assert place.environment["SECRET_KEY"] not in (busy / "manifest.json").read_text()

    new_place.manage("restore", str(busy))
    new_place.assert_sound()
    assert new_place.files() == place.files() != {}
    assert acknowledged["comment"] <= {
        text.split(" ")[0] for (text,) in new_place.rows("SELECT text FROM blog_comment")
    }
    assert acknowledged["post"] <= {
        title for (title,) in new_place.rows("SELECT title FROM blog_revision")
    }
    new_place.manage("rebuild_ties", "--check")

    # A site that is used is refused; told to, it becomes the other one, row by row.
    place.manage("backup", str(quiet))
    before = new_place.digests()
    refusal = new_place.manage("restore", str(quiet), succeeds=False)
    assert "This site is not empty." in refusal
    assert new_place.digests() == before
    said = new_place.manage("restore", str(quiet), "--replace")
    assert re.search(r"Restored the backup of .+: 1 course, 17 people, \d+ posts", said)
    assert "Settings that the site had and that are not in a backup:" in said
    restored, stored = new_place.digests(), place.digests()
    for table in SIGNED_IN:  # nobody is any more
        assert new_place.rows(f'SELECT 1 FROM "{table}"') == []
        del restored[table], stored[table]
    fields = [one for one in User._meta.concrete_fields if one.name != "last_login"]  # moved
    columns = ", ".join(f'"{one.column}"' for one in fields)
    people = f'SELECT {columns} FROM "{USERS}" ORDER BY id'
    assert new_place.rows(people) == place.rows(people) != []
    del restored[USERS], stored[USERS]
    assert restored == stored
    new_place.start()
    assert sign_in(new_place.server.port) == "/"
    saved = sum(map(len, acknowledged.values()))
    figure(
        "A backup under load has all that was acknowledged before it",
        f"{len(writers)} writers, {saved} posts and comments before it, {len(before)} tables "
        "equal by hash: none lacks",
    )


def sign_in(port: int) -> str:
    """Return where the instructor is led after signing in with their password."""
    form = {"login": "ines@example.edu", "password": factories.PASSWORD}
    form["csrfmiddlewaretoken"] = TOKEN
    headers = HEADERS | {
        "Cookie": f"__Host-csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        line.request("POST", reverse("account_login"), urlencode(form), headers)
        answer = line.getresponse()
        assert answer.status == 302, answer.read()
        return answer.headers["Location"]
