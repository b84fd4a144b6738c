"""Checks of ``manage.py check --deploy`` on databases, cache and bucket: wrong ones look right."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.cache import cache
from django.core.checks import Warning
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, Error, connections

from blog.management.backups.databases import is_pooled
from blog.web.outages import is_outage
from blog.web.replica import REPLICA

CACHES_OF_ONE_PROCESS = ("locmem.LocMemCache", "dummy.DummyCache")


def check_deployment(app_configs, **kwargs) -> list[Warning]:
    """Return the conflicts that the environment and the services show."""
    return [*_cache_warnings(), *_database_warnings(), *_bucket_warnings()]


def _cache_warnings() -> Iterator[Warning]:
    backend = settings.CACHES["default"]["BACKEND"]
    if backend.endswith(CACHES_OF_ONE_PROCESS):
        yield Warning(
            "Each process has a cache of its own.",
            hint="Rate limits are counted in the cache: all processes need the same one. Unset "
            "CACHES, or name a Redis in CACHE_URL.",
            id="plnsite.W001",
        )
    elif "redis" in backend:
        yield from _unless_it_answers("The cache of CACHE_URL", lambda: cache.get("check"))


def _database_warnings() -> Iterator[Warning]:
    for alias in (DEFAULT_DB_ALIAS, REPLICA):
        if alias not in connections.settings:
            continue
        variable = "DATABASE_URL" if alias == DEFAULT_DB_ALIAS else "REPLICA_URL"
        try:
            is_pooled, is_standby, encoding = _connection_facts(alias)
        except Error as error:
            yield Warning(f"The database of {variable} does not answer: {error}", id="plnsite.W002")
            continue
        if is_pooled and not connections[alias].settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
            yield Warning(
                f"A pooler is in front of the database of {variable}, and cursors of the server "
                "are on.",
                hint="pgBouncer in transaction mode loses them between two statements. End "
                f"{variable} with ?conn_max_age=0&disable_server_side_cursors=true",
                id="plnsite.W003",
            )
        if is_standby != (alias == REPLICA):
            what = "a standby, which cannot be written" if is_standby else "no standby"
            yield Warning(
                f"The database of {variable} is {what}.",
                hint="DATABASE_URL names the primary, and REPLICA_URL a streaming replica of it.",
                id="plnsite.W004",
            )
        if encoding != "UTF8":
            yield Warning(
                f"The database of {variable} stores text as {encoding}.",
                hint="It counts, sorts and searches letters beyond ASCII wrongly, or refuses them. "
                "Make a new one: createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0, "
                "and bring over what is in this one with backup and restore.",
                id="plnsite.W005",
            )


def _connection_facts(alias: str) -> tuple[bool, bool, str]:
    """Return if a pooler is before the database, if that is a standby, and how it stores text."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        return False, False, "UTF8"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery(), current_setting('server_encoding')")
        is_standby, encoding = cursor.fetchone()
    return is_pooled(connection), is_standby, encoding


def _bucket_warnings() -> Iterator[Warning]:
    bucket = getattr(default_storage, "bucket_name", None)
    if bucket:
        client = default_storage.connection.meta.client  # type: ignore[attr-defined]
        yield from _unless_it_answers(
            "The bucket of S3_BUCKET", lambda: client.head_bucket(Bucket=bucket)
        )


def _unless_it_answers(name: str, ask: Callable[[], object]) -> Iterator[Warning]:
    try:
        ask()
    except Exception as error:
        if not is_outage(error):
            raise
        yield Warning(f"{name} does not answer: {error}", id="plnsite.W002")
