"""Settings from the environment, tried as an installer would: by setting it."""

import json
import os
import sqlite3
import subprocess
import sys
import zoneinfo
from contextlib import closing
from datetime import datetime
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from plnsite import setting_values, stores
from plnsite import settings as site

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "SECRET_KEY": "3vKq0zTn8wXrYb5Lc2Hd7Jf1Gs9Pm4Ra6Ue_QoIiNtWyVhBkZlDx",
    "ALLOWED_HOSTS": "pln.example.edu",
    "TRUSTED_PROXY_COUNT": "1",
}
OURS = {
    "AKISMET_KEY",
    "AKISMET_URL",
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "CROSSREF_URL",
    "DATABASE_URL",
    "DEBUG",
    "DJANGO_ALLOW_ASYNC_UNSAFE",  # the browser tests set it for the whole process
    "DOI_URL",
    "EMAIL_URL",
    "HTTPS",
    "LOG_FORMAT",
    "LOOKUP_MAILTO",
    "METRICS_TOKEN",
    "REPLICA_URL",
    "S3_BUCKET",
    "S3_ENDPOINT",
    "S3_REGION",
    "SECRET_KEY",
    "SECURITY_CONTACT",
    "SENTRY_DSN",
    "SITE_LANGUAGE",
    "TRUSTED_PROXY_COUNT",
}


def run(*arguments, **environment):
    """Run Python in a process of its own, which reads the settings again."""
    inherited = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=inherited | {"DJANGO_SETTINGS_MODULE": "plnsite.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def manage(*arguments, **environment):
    return run("manage.py", *arguments, **environment)


def read(names, **environment):
    """Give the values of these settings under that environment, as one line of text.

    No application is loaded for that, which would take ten times as long.
    """
    return run("-c", f"from django.conf import settings as s; print({names})", **environment)


@pytest.fixture
def no_environment(monkeypatch):
    for name in OURS:
        monkeypatch.delenv(name, raising=False)


def test_deployment_check_is_silent_in_production():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert result.stderr == ""
    assert result.stdout == "System check identified no issues (3 silenced).\n"
    assert result.returncode == 0


def test_no_environment_means_development():
    result = read("s.DEBUG, s.ALLOWED_HOSTS, s.SESSION_COOKIE_SECURE")

    assert result.stdout == "True ['localhost', '127.0.0.1', '[::1]'] False\n"


def test_a_secret_key_means_production():
    result = read("s.DEBUG, s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_NAME", **PRODUCTION)

    assert result.stdout == "False True __Host-sessionid\n"


@pytest.mark.parametrize(
    "environment",
    [
        {"DEBUG": "0"},
        {"ALLOWED_HOSTS": "pln.example.edu"},
        {"ALLOWED_HOSTS": "pln.example.edu", "SECRET_KEY": "too short"},
    ],
)
def test_production_without_a_good_secret_key_does_not_start(environment):
    result = manage("check", **environment)

    assert result.returncode == 1
    assert "SECRET_KEY must be set to at least 50 random characters" in result.stderr


def test_secret_key_of_one_repeated_character_is_refused(no_environment, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a" * 60)

    with pytest.raises(ImproperlyConfigured, match="at least 50 random characters"):
        site.secret_key(debug=False)


@pytest.mark.parametrize("hosts", ["", "*", "pln.example.edu,*"])
def test_production_hosts_must_be_named(no_environment, monkeypatch, hosts):
    monkeypatch.setenv("ALLOWED_HOSTS", hosts)

    with pytest.raises(ImproperlyConfigured, match="must name this site's hosts"):
        site.allowed_hosts(debug=False)


def test_cache_that_is_not_shared_is_refused(no_environment, monkeypatch):
    monkeypatch.setenv("CACHE_URL", "locmemcache://")

    with pytest.raises(ImproperlyConfigured, match="CACHE_URL must be redis"):
        site.default_cache()


def test_redis_cache_is_used_when_named(no_environment, monkeypatch):
    monkeypatch.setenv("CACHE_URL", "redis://127.0.0.1:6379/1")

    cache = site.default_cache()

    assert cache == {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:6379/1",
    }


POOLED = "postgres://pln@db:6432/pln?conn_max_age=0&disable_server_side_cursors=true"


def options_of(config):
    names = ("CONN_MAX_AGE", "DISABLE_SERVER_SIDE_CURSORS", "CONN_HEALTH_CHECKS", "ATOMIC_REQUESTS")
    return [config[name] for name in names]


@pytest.mark.parametrize(
    ("url", "options"),
    [
        (POOLED, [0, True, True, False]),
        ("postgres://pln@db/pln", [60, False, True, False]),
        ("postgres://pln@db/pln?CONN_MAX_AGE=none&conn_health_checks=No", [None, *3 * [False]]),
        ("sqlite:///db.sqlite3?conn_max_age=5&atomic_requests=true", [5, False, True, False]),
    ],
)
def test_the_address_of_a_database_has_its_options(no_environment, monkeypatch, url, options):
    monkeypatch.setenv("DATABASE_URL", url)

    assert options_of(stores.database()) == options


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("disable_server_side_cursors=maybe", "disable_server_side_cursors must be true or false"),
        ("conn_health_checks=2", "conn_health_checks must be true or false, and not 2"),
        ("conn_max_age=long", "conn_max_age must be a number of seconds, or none, and not 'long'"),
        ("conn_max_age=-1", "conn_max_age must be a number of seconds"),
    ],
)
def test_an_option_that_says_nothing_is_refused(no_environment, monkeypatch, option, message):
    monkeypatch.setenv("DATABASE_URL", f"postgres://pln@db/pln?{option}")

    with pytest.raises(ImproperlyConfigured, match=f"DATABASE_URL: {message}"):
        stores.database()


def test_a_replica_is_a_second_database(no_environment, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", POOLED)
    alone = site.databases()
    monkeypatch.setenv("REPLICA_URL", "postgres://pln@replica/pln?sslmode=require")

    both = site.databases()

    assert (list(alone), list(both)) == (["default"], ["default", "replica"])
    assert both["replica"]["HOST"] == "replica"
    assert both["replica"]["OPTIONS"] == {"connect_timeout": 3, "sslmode": "require"}


def test_a_replica_needs_postgresql(no_environment, monkeypatch):
    monkeypatch.setenv("REPLICA_URL", "postgres://pln@replica/pln")

    with pytest.raises(ImproperlyConfigured, match="REPLICA_URL is for PostgreSQL"):
        site.databases()


def test_the_router_is_there_with_a_replica_alone():
    names = "getattr(s, 'DATABASE_ROUTERS', None)"
    replica = {"DATABASE_URL": POOLED, "REPLICA_URL": "postgres://pln@replica/pln"}

    assert read(names).stdout == "[]\n"
    assert read(names, **replica).stdout == "['blog.web.replica.ReplicaRouter']\n"


def test_pictures_are_in_a_folder_or_a_bucket(no_environment, monkeypatch):
    folder = site.picture_storage()
    monkeypatch.setenv("S3_BUCKET", "pictures")
    monkeypatch.setenv("S3_ENDPOINT", "https://s3.example.edu/")

    assert folder == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    assert site.picture_storage() == {
        "BACKEND": "plnsite.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "pictures",
            "endpoint_url": "https://s3.example.edu",
            "region_name": None,
        },
    }


def test_a_bucket_without_what_it_needs_is_refused(no_environment, monkeypatch):
    monkeypatch.setenv("S3_REGION", "eu-central-1")
    with pytest.raises(ImproperlyConfigured, match="need S3_BUCKET"):
        site.picture_storage()

    monkeypatch.setenv("S3_BUCKET", "pictures")
    monkeypatch.setattr("plnsite.stores.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"-r requirements-s3\.txt"):
        site.picture_storage()


def test_services_that_are_not_named_are_off():
    result = read("(s.CROSSREF_URL, s.DOI_URL, s.LOOKUP_MAILTO)", **PRODUCTION)

    assert result.stdout == "('', '', '')\n"


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("", ""),
        ("https://api.crossref.org/", "https://api.crossref.org"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_a_service_is_asked_safely_or_on_this_machine(url, base):
    assert site.service(url) == base


@pytest.mark.parametrize(
    "url",
    [
        "http://api.crossref.org",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "api.crossref.org",
        "https://us:word@api.crossref.org",
        "https://",
    ],
)
def test_a_service_that_could_be_overheard_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="is not an https:// address"):
        site.service(url)


def test_periods_are_the_usual_ones_but_for_those_that_are_named():
    usual = setting_values.retention_days("")

    named = setting_values.retention_days("sent_mail=30, audit_events=0")

    assert named == usual | {"sent_mail": 30, "audit_events": 0}


@pytest.mark.parametrize("text", ["posts=3", "sent_mail", "sent_mail=-1", "sent_mail=a week"])
def test_another_period_is_refused(text):
    with pytest.raises(ImproperlyConfigured, match="RETENTION_DAYS knows sent_mail"):
        setting_values.retention_days(text)


def test_domains_of_emails_are_domains():
    assert setting_values.email_domains(["Example.edu", "*.example.edu"]) == (
        "example.edu",
        "*.example.edu",
    )
    for wrong in ("edu", "*", "*.edu", "@example.edu", "a b.edu", "exаmple.edu", "https://a.edu"):
        with pytest.raises(ImproperlyConfigured, match="SIGNUP_EMAIL_DOMAINS"):
            setting_values.email_domains([wrong])


@pytest.mark.parametrize("version", ["2026-09", "", "b_2.1"])
def test_a_version_of_the_notice_is_a_short_word(version):
    assert setting_values.notice_version(version) == version
    for wrong in (f"{version} 2", "x" * 31, "<b>"):
        with pytest.raises(ImproperlyConfigured, match="NOTICE_VERSION"):
            setting_values.notice_version(wrong)


@pytest.mark.parametrize(
    "address",
    ["", "mailto:security@example.edu", "https://example.edu/security?of=pln"],
)
def test_a_contact_for_security_is_an_address(address):
    assert site.security_contact(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "security@example.edu",
        "mailto:",
        "https://",
        "http://example.edu/security",
        "tel:+1-250-555-0100",
        "mailto:security@example.edu\nContact: mailto:eve@example.com",
    ],
)
def test_another_contact_for_security_is_refused(address):
    with pytest.raises(ImproperlyConfigured, match="must be a mailto: or https:// address"):
        site.security_contact(address)


def test_proxy_is_believed_only_when_counted():
    alone = read("s.SECURE_PROXY_SSL_HEADER")
    behind_one = read("s.SECURE_PROXY_SSL_HEADER, s.ALLAUTH_TRUSTED_PROXY_COUNT", **PRODUCTION)

    assert alone.stdout == "None\n"
    assert behind_one.stdout == "('HTTP_X_FORWARDED_PROTO', 'https') 1\n"


@pytest.fixture
def sqlite(transactional_db):
    if connection.vendor != "sqlite":
        pytest.skip("the database under test is not SQLite")
    return connection


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 1)]
)
def test_sqlite_pragmas(sqlite, pragma, value):
    with sqlite.cursor() as cursor:
        found = cursor.execute(f"PRAGMA {pragma}").fetchone()

    assert found == (value,)


def test_sqlite_takes_the_write_lock_when_a_transaction_begins(sqlite):
    """Else a read that turns into a write would fail at once, whatever the timeout."""

    def begin_too():
        """Begin as a shell would, without a turn in the queue of writers."""
        other = sqlite3.connect(sqlite.file, timeout=0.05, isolation_level=None)
        with closing(other):
            try:
                other.execute("BEGIN IMMEDIATE")
                return "began"
            except sqlite3.OperationalError as error:
                return str(error)

    with transaction.atomic():
        beside = begin_too()
    afterwards = begin_too()

    assert (beside, afterwards) == ("database is locked", "began")


def test_hsts_begins_with_an_hour_for_this_host_alone():
    names = "s.SECURE_HSTS_SECONDS, getattr(s, 'SECURE_HSTS_PRELOAD', 0)"
    names += ", getattr(s, 'SECURE_HSTS_INCLUDE_SUBDOMAINS', 0)"

    assert read(names, **PRODUCTION).stdout == "3600 False False\n"
    assert read(names, **PRODUCTION, HSTS_SECONDS="31536000").stdout == "31536000 False False\n"


def test_clocks_go_by_the_pinned_zones():
    """Those of the machine may be older: a deadline would be an hour off everybody’s device."""
    in_package = files("tzdata.zoneinfo.America").joinpath("Vancouver").read_bytes()
    pinned = zoneinfo.ZoneInfo.from_file(BytesIO(in_package))
    moment = datetime(2026, 12, 1)

    assert zoneinfo.TZPATH == ()
    assert zoneinfo.ZoneInfo("America/Vancouver").utcoffset(moment) == pinned.utcoffset(moment)


def test_logs_are_lines_for_people_unless_the_site_wants_json():
    assert read("s.LOG_FORMAT", **PRODUCTION).stdout == "plain\n"


def test_an_unknown_format_of_logs_is_refused():
    result = read("s.LOG_FORMAT", LOG_FORMAT="xml", **PRODUCTION)

    assert result.returncode != 0
    assert "LOG_FORMAT must be plain or json, not 'xml'." in result.stderr


def test_structured_logs_are_json_from_the_first_line_on():
    pytest.importorskip("pythonjsonlogger")
    code = "import logging; logging.getLogger('blog').warning('To %s', 'ada@example.edu')"

    result = manage("shell", "--no-imports", "-c", code, LOG_FORMAT="json", **PRODUCTION)

    line = json.loads(result.stderr)
    assert (line["level"], line["logger"], line["message"]) == ("WARNING", "blog", "To …@…")


def test_a_language_is_offered_once_its_catalogue_is_there(tmp_path):
    named = [("en", "English"), ("fr-ca", "Français"), ("ar", "العربية")]
    for locale, name in (("fr_CA", "django.po"), ("ar", "django.mo")):
        (tmp_path / locale / "LC_MESSAGES").mkdir(parents=True)
        (tmp_path / locale / "LC_MESSAGES" / name).touch()

    offered = setting_values.offered_languages(named, tmp_path)

    assert offered == [("en", "English"), ("ar", "العربية")]
    assert setting_values.site_language("ar", offered) == "ar"
    with pytest.raises(ImproperlyConfigured, match="SITE_LANGUAGE must be one of en, ar, not"):
        setting_values.site_language("fr-ca", offered)
