"""The units of systemd, read by systemd itself where it is installed."""

import re
import shutil
import subprocess

import pytest

from tests.deploy.files import DEPLOY, ROOT, VARIABLES, command_of_readme, named_in

FOLDER = DEPLOY / "systemd"
UNITS = sorted(path.name for path in FOLDER.glob("pln*.*"))
SERVICES = [name for name in UNITS if name.endswith(".service")]
# Of 100; systemd calls what is below 2.5 in its own scale of ten fine. A site has to reach the net.
MOST_EXPOSURE = 20
needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="no systemd-analyze: install systemd"
)


@pytest.fixture
def units(tmp_path):
    """Return the units in a folder of their own, with a release whose programs are there."""
    current = tmp_path / "srv" / "current"
    for program in (".venv/bin/gunicorn", ".venv/bin/python", "deploy/backup"):
        path = current / program
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
    folder = tmp_path / "units"
    folder.mkdir()
    for name in UNITS:
        text = (FOLDER / name).read_text().replace("/srv/pln/current", str(current))
        (folder / name).write_text(text)
    return folder


def analyze(*words):
    return subprocess.run(
        ["systemd-analyze", *map(str, words)], capture_output=True, text=True, check=False
    )


@needs_systemd
def test_systemd_finds_nothing_to_say(units):
    done = analyze("verify", "--man=no", *(units / name for name in UNITS))

    ours = [line for line in done.stderr.splitlines() if "pln" in line]
    assert ours == []
    assert done.returncode == 0, done.stderr


@needs_systemd
def test_systemd_would_name_a_mistake(units):
    unit = units / "pln.service"
    unit.write_text(unit.read_text().replace("ProtectSystem=strict", "ProtectSistem=strict"))

    assert "ProtectSistem" in analyze("verify", "--man=no", unit).stderr


@needs_systemd
@pytest.mark.parametrize("name", SERVICES)
def test_little_is_left_open_to_each_service(units, name):
    done = analyze("security", "--offline=yes", f"--threshold={MOST_EXPOSURE}", units / name)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_services_run_programs_that_are_there(name):
    text = (FOLDER / name).read_text()
    [command] = re.findall(r"^ExecStart=/srv/pln/current/(.+)$", text, re.MULTILINE)

    program = command.split()[0]
    assert program.startswith(".venv/bin/") or (ROOT / program).stat().st_mode & 0o111


def test_the_site_is_started_as_in_the_readme():
    text = (FOLDER / "pln.service").read_text()

    assert f"ExecStart=/srv/pln/current/.venv/bin/{command_of_readme()}\n" in text


def test_the_example_sets_variables_that_the_site_knows():
    assert named_in(FOLDER / "environment.example") <= VARIABLES


@pytest.mark.parametrize("script", ["backup", "systemd/pln", "systemd/prepare"])
def test_the_shell_can_read_each_script(script):
    subprocess.run(["sh", "-n", DEPLOY / script], check=True)


def test_old_backups_are_deleted_before_pages_say_so():
    settings = (ROOT / "plnsite" / "settings.py").read_text()
    default = int(re.search(r'env\.int\("BACKUPS_KEPT_DAYS", (\d+)\)', settings)[1])
    [kept] = re.findall(r"-mtime \+(\d+) -exec rm", (DEPLOY / "backup").read_text())

    assert int(kept) < default


def test_a_backup_is_written_and_only_old_ones_are_deleted(tmp_path):
    release, kept = tmp_path / "release", tmp_path / "backups"
    (release / "deploy").mkdir(parents=True)
    (release / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(DEPLOY / "backup", release / "deploy" / "backup")
    python = release / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\n[ "$1 $2" = "manage.py backup" ] && mkdir "$3"\n')
    python.chmod(0o755)
    for name, age in (("old", "16 days ago"), ("young", "13 days ago")):
        (kept / name).mkdir(parents=True)
        subprocess.run(["touch", "--date", age, kept / name], check=True)

    subprocess.run([release / "deploy" / "backup", kept], check=True)

    names = sorted(path.name for path in kept.iterdir())
    assert len(names) == 2
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-\d{4}", names[0])
    assert names[1] == "young"


def test_a_release_that_was_cloned_for_root_alone_is_read_by_the_site(tmp_path):
    """As with a umask of 077; what git keeps beside it, a password for instance, stays so."""
    release = tmp_path / "srv" / "releases" / "first"
    for name in ("blog/apps.py", "staticfiles/site.css", ".git/config", ".venv/bin/python"):
        path = release / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o600)
    shutil.copy(release / ".venv/bin/python", release / ".venv/bin/pip")
    for program in ("python", "pip"):
        (release / ".venv/bin" / program).chmod(0o700)
    media = tmp_path / "media"
    media.mkdir(mode=0o700)
    script = release / "deploy" / "systemd" / "prepare"
    script.parent.mkdir(parents=True)
    text = (FOLDER / "prepare").read_text()
    assert text.count("/var/lib/pln/media") == 1
    script.write_text(text.replace("/var/lib/pln/media", str(media)))
    script.chmod(0o700)
    for folder in release.glob("**/"):
        folder.chmod(0o700)

    for _time in range(2):
        subprocess.run([script], check=True)

    wanted = {path: 0o055 if path.is_dir() else 0o044 for path in (release, *release.rglob("*"))}
    closed = {
        str(path.relative_to(release))
        for path, mode in wanted.items()
        if path.stat().st_mode & mode != mode
    }
    assert closed == {".git", ".git/config", "media"}
    assert script.stat().st_mode & 0o777 == 0o755


def test_a_command_runs_in_its_release_as_the_site_with_its_variables(tmp_path):
    folder = tmp_path / "releases" / "first" / "deploy" / "systemd"
    folder.mkdir(parents=True)
    environment = tmp_path / "environment"
    text = (FOLDER / "environment.example").read_text()
    environment.write_text(text.replace("postgres:///pln", "postgres://a:b@c/d?x=1&y=$z"))
    script = folder / "pln"
    script.write_text(
        (FOLDER / "pln").read_text().replace("/etc/pln/environment", str(environment))
    )
    script.chmod(0o755)
    linked = tmp_path / "bin" / "pln"
    linked.parent.mkdir()
    linked.symlink_to(script)
    runuser = tmp_path / "bin" / "runuser"
    runuser.write_text('#!/bin/sh\npwd; echo "$DATABASE_URL"; printf "%s\\n" "$@"\n')
    runuser.chmod(0o755)

    path = f"{linked.parent}:/usr/bin:/bin"
    done = subprocess.run(
        [linked, "backup", "a folder"],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines() == [
        str(tmp_path / "releases" / "first"),
        "postgres://a:b@c/d?x=1&y=$z",
        *("-u", "pln", "--", ".venv/bin/python", "manage.py", "backup", "a folder"),
    ]
