"""Commands of docs/installation.md, as far as they can be read."""

import re

import pytest

from tests.deploy.files import DEPLOY, README, ROOT

INSTALLATION = (ROOT / "docs" / "installation.md").read_text()
DEPLOYMENT = (ROOT / "docs" / "deployment.md").read_text()


@pytest.mark.parametrize("program", ["git", "curl", "certbot", "nginx"])
def test_programs_that_are_run_are_installed(program):
    [packages] = re.findall(r"^apt install (.+)$", INSTALLATION, re.MULTILINE)

    assert program in packages.split()
    assert re.search(rf"^{program} |&& {program} ", INSTALLATION, re.MULTILINE)


def test_each_database_holds_every_letter():
    """Where the host has no LANG, one that is made without a word of it is SQL_ASCII."""
    made = re.findall(r"createdb (.+)$", INSTALLATION, re.MULTILINE)
    made_in_sql = re.findall(r"CREATE\s+DATABASE ([^;]+);", INSTALLATION + DEPLOYMENT)

    assert [set(line.split()[:3]) for line in made] == [
        {"--encoding=UTF8", "--locale=C.UTF-8", "--template=template0"}
    ]
    assert [" ".join(one.split()).partition("OWNER pln ")[2] for one in made_in_sql] == [
        "ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"
    ] * 2


def test_copies_of_backups_are_kept_as_long_as_the_backups():
    """The page to erase an account says when no backup has it any more."""
    [kept] = re.findall(r"-mtime \+\d+ -exec rm -r", (DEPLOY / "backup").read_text())
    pattern = r"find \S+ -mindepth 1 -maxdepth 1 (-mtime \+\d+ -exec rm -r) \{\} \+"

    assert re.findall(pattern, INSTALLATION) == [kept] * 2
    assert re.findall(pattern, README) == [kept]
    assert "rsync -a --delete /var/backups/pln/" in README  # there the copy goes with it


def test_certificates_are_renewed_as_debian_can_do_it():
    """certbot 2.1 of Debian 12 has no ``reconfigure``, and renews as it was asked last."""
    asked = re.findall(r"^certbot (certonly --\w+|\w+)", INSTALLATION, re.MULTILINE)

    assert asked == ["certonly --standalone", "certonly --webroot", "renew"]
    assert "reconfigure" not in INSTALLATION
