"""What a restored database would let in again: sessions that were ended since, links of emails.

A backup has who was signed in when it was made. Whoever has signed out a lost laptop, or closed
their account to somebody who knew the password, must not find it open again.
"""

from collections.abc import Iterable
from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection


def stored_keys(engine) -> list[str]:
    """Return the keys of the sessions in the database of this site, if it has any."""
    if not engine.used_tables() or Session._meta.db_table not in engine.rows():
        return []
    return list(Session.objects.values_list("session_key", flat=True))


def end_all(earlier: Iterable[str]) -> None:
    """Sign everybody out, and forget the emails that wait for their links.

    ``earlier`` are the keys of the database that was replaced: a cache may still know them. The
    tables may be of an older release, so nothing but the key of a session is read.
    """
    tables, keys = connection.introspection.table_names(), set(earlier)
    if Session._meta.db_table in tables:
        keys.update(Session.objects.values_list("session_key", flat=True))
        Session.objects.all().delete()
    if UserSession._meta.db_table in tables:
        UserSession.objects.all().delete()
    if EmailAddress._meta.db_table in tables:
        confirmed = EmailAddress.objects.filter(verified=True).values("user")
        EmailAddress.objects.filter(verified=False, user__in=confirmed).delete()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    prefix = getattr(store, "cache_key_prefix", "")
    if prefix:
        caches[settings.SESSION_CACHE_ALIAS].delete_many([f"{prefix}{key}" for key in keys])
