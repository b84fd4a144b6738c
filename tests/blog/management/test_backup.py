"""``manage.py backup`` and ``restore``: what they refuse, and that nothing half is left.

That what is restored is the same site, a drill shows (``tests/durability/test_backups.py``).
"""

import errno
import json
import os
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.actions.erasure import erase_account
from blog.actions.withheld_names import print_name, withhold_name
from blog.management.backups import databases, manifest, media
from blog.models import AuditEvent, Comment, Course, Membership, User, audit_events_at
from blog.tasks import change_courses_on_their_dates
from tests import factories
from tests.blog.management.programs import needs_programs
from tests.written import snapshot

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.django_db(transaction=True)

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="of a file")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="of its programs")


@pytest.fixture
def site(transactional_db, settings, tmp_path, ada, bob, course):
    """Return a site with a comment, a picture and a portrait, and files of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    post = factories.make_post(ada, course)
    factories.make_comment(bob, post)
    factories.make_picture(post)
    factories.make_portrait(ada)
    return settings.MEDIA_ROOT


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups" / "today"


def left_of(folder):
    return sorted(path.name for path in folder.parent.iterdir()) if folder.parent.exists() else []


def restore(folder, **options):
    connection.close()
    call_command("restore", folder, **options)


def refused(folder, **options) -> str:
    """Return why a restore is refused, which has changed no row and no file."""
    before = Comment.objects.count(), sorted(media.stored_names())
    with pytest.raises(CommandError) as refusal:
        restore(folder, **options)
    assert (Comment.objects.count(), sorted(media.stored_names())) == before
    return str(refusal.value)


@needs_programs
def test_a_site_gets_back_the_rows_and_files_that_it_has_lost(site, folder, capsys):
    call_command("backup", folder)
    Comment.objects.all().delete()
    shutil.rmtree(site)

    restore(folder, replace=True)

    assert Comment.objects.count() == 1
    assert len(list(media.stored_names())) == 3
    said = capsys.readouterr().out
    assert re.search(r"Backup of 3 people, 1 posts and 3 files, ", said)
    assert re.search(
        r"1 course, 3 people, 1 post, 1 comment, 3 files, \d+ rows in \d+ tables", said
    )


@needs_programs
@pytest.mark.parametrize(("engine", "replace"), [("db", True), ("cached_db", True), ("db", False)])
def test_a_restore_signs_everybody_out(site, folder, ada, settings, capsys, engine, replace):
    """The backup has a session that was ended since, and so may a cache; it has a new email too."""
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    lost, kept = Client(), Client()
    for browser in (lost, kept):
        browser.force_login(ada)
        key = browser.session.session_key
        UserSession.objects.create(user=ada, ip="127.0.0.1", session_key=key)
        assert browser.get(reverse("privacy")).wsgi_request.user == ada
    EmailAddress.objects.create(user=ada, email="new@example.edu", verified=False)
    links = [default_token_generator.make_token(one) for one in User.objects.order_by("pk")]
    call_command("backup", folder)
    if replace:
        UserSession.objects.get(session_key=lost.session.session_key).end()
        ada.drop_pending_emails()
    else:
        call_command("flush", interactive=False)
        shutil.rmtree(site)

    restore(folder, replace=replace)

    assert User.objects.filter(pk=ada.pk).exists()
    for browser in (lost, kept):
        assert browser.get(reverse("privacy")).wsgi_request.user.is_anonymous
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)
    assert not EmailAddress.objects.filter(verified=False).exists()
    people = zip(User.objects.order_by("pk"), links, strict=True)
    assert not any(default_token_generator.check_token(person, link) for person, link in people)
    latest = User.objects.latest("last_login").last_login
    assert latest < timezone.now() + timedelta(days=1)
    assert "Everyone is signed out." in capsys.readouterr().out


@needs_programs
def test_a_folder_with_something_in_it_is_no_place_for_a_backup(site, folder):
    call_command("backup", folder)
    files = manifest.read(folder).files

    with pytest.raises(CommandError, match="already exists"):
        call_command("backup", folder)
    with pytest.raises(CommandError, match="is among the files of the site"):
        call_command("backup", site / "backup")

    assert manifest.broken_files(folder, files) == []


@needs_programs
def test_a_disk_that_fills_up_leaves_nothing_that_looks_like_a_backup(site, folder, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    for broken in ((shutil, "copyfileobj"), (manifest, "sealed")):
        with monkeypatch.context() as patch:
            patch.setattr(*broken, fail)
            with pytest.raises(CommandError, match=r"There is no backup at .*: .*No space left"):
                call_command("backup", folder)
        assert left_of(folder) == []


def test_a_copy_of_the_database_that_fails_leaves_nothing(site, folder, monkeypatch):
    engine = databases.engine()
    if connection.vendor == "sqlite":
        monkeypatch.setattr(type(engine), "path", folder / "elsewhere.sqlite3")
    else:
        monkeypatch.setenv("PATH", "")

    with pytest.raises(CommandError) as refusal:
        call_command("backup", folder)

    says = "could not be copied" if connection.vendor == "sqlite" else "pg_dump is not installed"
    assert says in str(refusal.value)
    assert left_of(folder) == []


@needs_programs
def test_a_file_that_goes_between_the_two_copies_is_no_gap(site, ada, folder, monkeypatch):
    """A person changes their portrait: its file is deleted after the database was copied."""
    copy_out, rounds = media.copy_out, []

    def changes_first(place):
        if not rounds:
            media.delete([str(ada.portrait)])
            type(ada).objects.filter(pk=ada.pk).update(portrait="")
        rounds.append(1)
        copy_out(place)

    monkeypatch.setattr(media, "copy_out", changes_first)

    call_command("backup", folder)

    assert len(rounds) == 2
    assert manifest.read(folder).files_missing == []


@needs_programs
def test_a_file_that_the_site_itself_lacks_is_told(site, ada, folder, capsys):
    media.delete([str(ada.portrait)])

    call_command("backup", folder)

    assert manifest.read(folder).files_missing == [str(ada.portrait)]
    assert f"names: {ada.portrait}" in capsys.readouterr().err


@needs_programs
def test_a_pooler_is_refused_before_anything_is_done(site, folder, monkeypatch):
    """``pg_dump`` leaves an empty search path, which a pooler hands on to the site."""
    call_command("backup", folder)
    monkeypatch.setattr(databases, "is_pooled", lambda connection: True)

    with pytest.raises(CommandError, match="There is a pooler, such as pgBouncer, in front of"):
        call_command("backup", folder.with_name("tomorrow"))

    assert left_of(folder) == ["today"]
    assert "the address of the server itself" in refused(folder, replace=True)


# What is restored


@needs_programs
def test_what_is_damaged_or_does_not_fit_is_refused_and_changes_nothing(site, folder, tmp_path):
    call_command("backup", folder)
    listed = folder / "manifest.json"
    whole, picture = listed.read_text(), next((folder / "media" / "pictures").rglob("*.webp"))

    def with_list(**changes):
        listed.write_text(json.dumps(json.loads(whole) | changes))
        return refused(folder, replace=True)

    assert "is not a whole backup" in refused(tmp_path / "nowhere")
    refusal = refused(folder)
    assert "This site is not empty." in refusal
    assert re.search(r"Found here: .*and \d+ more, \d+ files of media", refusal)
    assert "format 99" in with_list(format=99)
    assert "This backup is from oracle" in with_list(engine="oracle")
    newer = with_list(migrations=[["blog", "9999_what_is_to_come"]])
    assert "A newer version of the program made this backup" in newer
    assert "blog.9999_what_is_to_come" in newer
    files = json.loads(whole)["files"]
    database = databases.engine().file
    without = {name: entry for name, entry in files.items() if name != database}
    assert f"- {database} is not in its list" in with_list(files=without)
    outside = {"../elsewhere": [1, "0"], "media/../../elsewhere": [1, "0"]}
    assert "is not a file of the backup" in with_list(files=files | outside)
    listed.write_text("{")
    assert "cannot be read" in refused(folder, replace=True)
    listed.write_text(whole)

    content = picture.read_bytes()
    picture.write_bytes(content[:-1] + b"x")
    name = picture.relative_to(folder)
    assert f"- {name} has changed since it was written" in refused(folder, replace=True)
    picture.unlink()
    assert f"- {name} is missing" in refused(folder, replace=True)
    elsewhere = tmp_path / "elsewhere.webp"
    elsewhere.write_bytes(content)
    picture.symlink_to(elsewhere)
    assert f"- {name} is not a file of the backup" in refused(folder, replace=True)
    picture.unlink()
    picture.write_bytes(content)
    (site / picture.relative_to(folder / "media")).write_bytes(b"other")
    assert "but different content" in refused(folder, replace=True)


@needs_programs
def test_a_database_that_cannot_be_written_stays_as_it_is_with_its_files(site, folder, monkeypatch):
    call_command("backup", folder)
    shutil.rmtree(site)
    engine = databases.engine()

    def fail(self, folder):
        raise CommandError("no room")

    monkeypatch.setattr(type(engine), "restore", fail)
    assert refused(folder, replace=True) == "no room"
    monkeypatch.undo()

    def full(self, name, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    assert "the site has not changed" in refused(folder, replace=True)


@needs_programs
def test_what_was_decided_since_is_listed_before_the_database_is_moved_away(
    site, folder, ada, capsys
):
    """Nothing else is touched; the database is renamed then, and the backup restored beside it."""
    call_command("backup", folder)
    restore(folder, lists=True)
    beside = folder.with_name("today.since.txt")
    assert capsys.readouterr().out.endswith(
        "Nothing that was decided since the backup needs this.\n"
    )
    assert not beside.exists()
    erase_account(ada, by=ada)
    before = snapshot()

    restore(folder, lists=True)

    assert capsys.readouterr().out == f"{beside}\n"
    assert beside.read_text().splitlines()[1:] == [f"account_erased user:{ada.pk}"]
    assert snapshot() == before


@needs_programs
def test_what_was_decided_since_is_named_beside_the_backup_and_done_again(
    site, folder, course, ada, bob, instructor, capsys
):
    """The restored site knows nothing of it: neither its rows nor its audit events."""
    cyn, dan = (factories.make_user(name) for name in ("Cyn", "Dan"))
    members = [factories.add_member(course, one) for one in (cyn, dan)]
    with audit_events_at(timezone.now() - timedelta(hours=1)):  # before the backup
        erase_account(bob, by=bob)
        withhold_name(members[1], by=instructor)
    call_command("backup", folder)
    email = ada.email
    erase_account(ada, by=ada)
    withhold_name(members[0], by=instructor)
    print_name(members[1], by=instructor)
    Course.objects.filter(pk=course.pk).update(closes_on=course.today())
    change_courses_on_their_dates()

    restore(folder, replace=True)

    beside = folder.with_name("today.since.txt")
    lines = [
        f"account_erased user:{ada.pk}",
        f"course_date_came course:{course.pk} closes_on {course.today()}",
        f"name_printed membership:{members[1].pk}",
        f"name_withheld membership:{members[0].pk}",
    ]
    sign, *written = beside.read_text().splitlines()
    assert written == lines
    said = capsys.readouterr().out
    assert f"restoring has undone it: {', '.join(lines)}" in said
    assert f"catch_up {beside}" in said
    assert not AuditEvent.objects.filter(target=f"user:{ada.pk}").exists()
    # The second time the database does not know it any more, and the file does.
    restore(folder, replace=True)
    other_sign, *written = beside.read_text().splitlines()
    assert written == lines
    assert other_sign != sign
    assert User.objects.filter(email=email).exists()

    for _time in range(2):
        call_command("catch_up", beside)

    assert not User.objects.filter(email=email).exists()
    withheld = Membership.objects.filter(is_confidential=True).values_list("user", flat=True)
    assert list(withheld) == [cyn.pk]
    assert not Course.objects.get(pk=course.pk).can_be_joined


def test_catch_up_names_what_it_cannot_do(course, tmp_path):
    member = course.memberships.instructors().get()
    file = tmp_path / "since.txt"
    file.write_text(f"member_left membership:{member.pk}\nnonsense\naccount_erased user:0\n")

    with pytest.raises(CommandError) as refusal:
        call_command("catch_up", file)

    assert str(refusal.value).splitlines()[1:] == [
        f"- member_left membership:{member.pk}: A course needs an instructor. Make someone else an "
        f"instructor of {course} first.",
        "- nonsense: not a line of such a file",
    ]


def test_restored_files_of_everything_are_read_by_the_site_alone(site, ada, tmp_path):
    takeout = factories.make_takeout(ada)
    takeout.restrict_file()
    media.copy_out(tmp_path / "copy")
    shutil.rmtree(site / "takeouts")

    media.copy_in(tmp_path / "copy", [takeout.file.name])

    path = Path(takeout.file.path)
    assert [oct(each.stat().st_mode & 0o777) for each in (path, path.parent)] == ["0o600", "0o700"]


@on_sqlite
def test_a_database_that_cannot_be_read_is_not_replaced(site, folder, tmp_path, monkeypatch):
    """It alone knows who erased their account since."""
    call_command("backup", folder)
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"no database" * 1000)
    monkeypatch.setattr(type(databases.engine()), "path", broken)

    assert "who erased their account" in refused(folder, replace=True)
    assert broken.read_bytes() == b"no database" * 1000


@on_postgresql
@needs_programs
def test_a_dump_that_this_machine_cannot_read_is_refused(site, folder):
    call_command("backup", folder)
    dump = folder / databases.engine().file
    dump.write_bytes(b"PGDMP\x01\x63" + dump.read_bytes()[7:])
    listed = manifest.read(folder)
    listed.files |= manifest.sealed(folder, [dump.name])
    listed.write(folder)

    assert "unsupported version" in refused(folder, replace=True)


@on_sqlite
def test_rows_that_differ_from_the_list_are_refused(site, folder):
    call_command("backup", folder)
    copy = folder / databases.engine().file
    with closing(sqlite3.connect(copy)) as database, database:
        database.execute("DELETE FROM cache")
        database.execute("DELETE FROM blog_seencomments")
        database.execute("DELETE FROM blog_comment")
    listed = manifest.read(folder)
    listed.files |= manifest.sealed(folder, [copy.name])
    listed.write(folder)

    assert "does not have the rows that its list says" in refused(folder, replace=True)


def test_a_site_that_was_migrated_and_nobody_has_used_is_empty(transactional_db):
    """SQLite's table of search words has rows of its own; a person is another thing."""
    engine = databases.engine()
    connection.close()

    assert not engine.used_tables()

    factories.make_user()
    connection.close()
    assert engine.used_tables()


def test_every_setting_of_the_site_is_told_or_withheld():
    text = (ROOT / "plnsite" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text))

    assert {*manifest.SHOWN, *manifest.WITHHELD} >= read
    assert not set(manifest.SHOWN) & set(manifest.WITHHELD)
    assert "secret" not in str(manifest.settings_told({"SECRET_KEY": "secret", **os.environ}))


@needs_programs
def test_a_backup_in_a_folder_that_is_read_only_is_restored(site, folder, monkeypatch):
    """As in a container, whose own files are read only: there is nothing to keep beside it."""
    call_command("backup", folder)
    unlink = os.unlink

    def unlink_elsewhere(path, *args, **kwargs):
        if Path(path).parent == folder.parent:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        unlink(path, *args, **kwargs)

    monkeypatch.setattr(os, "unlink", unlink_elsewhere)

    restore(folder, replace=True)

    assert not folder.with_name("today.since.txt").exists()
