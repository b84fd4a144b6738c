"""Sessions and links of emails that a restored database would open again, and their closing.

A backup has who was signed in when it was made. Whoever has signed out a lost laptop, or closed
their account to somebody who knew the password, must not find it open again; and a link to a new
password, which works once, must not work again because the old password is back.
"""

from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module
from secrets import randbelow

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.db.models.functions import Coalesce

from blog.models import User

DAY_SECONDS = 24 * 60 * 60


def stored_keys(engine) -> list[str]:
    """Return the keys of the sessions in the database of this site, if it has any."""
    if not engine.used_tables() or Session._meta.db_table not in engine.rows():
        return []
    return list(Session.objects.values_list("session_key", flat=True))


def end_all(earlier: Iterable[str]) -> None:
    """Sign everybody out, forget the emails that wait for their links, end those to a new password.

    ``earlier`` are the keys of the database that was replaced: a cache may still know them. The
    tables may be of an older release, so nothing but the key of a session is read, and of people
    only what Django gives them.
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
    if User._meta.db_table in tables:
        _end_password_links()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    prefix = getattr(store, "cache_key_prefix", "")
    if prefix:
        caches[settings.SESSION_CACHE_ALIAS].delete_many([f"{prefix}{key}" for key in keys])


def _end_password_links() -> None:
    """Let no link to a new password work that was sent before.

    It is made of the old password and the second of the last sign-in. That moves by less than a
    day, another one at each restore, so that retention still knows who has not been here for long.
    """
    seen = Coalesce("last_login", "date_joined")
    moved = seen + timedelta(seconds=1 + randbelow(DAY_SECONDS))
    User.objects.filter(is_active=True).update(last_login=moved)
