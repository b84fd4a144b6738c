"""Sessions of a signed-in person."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from blog.models import User

BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


def open_sessions(person: User, current_key: str | None) -> list[UserSession]:
    """Return the sessions that somebody is signed in by, the present one first, then the newest.

    Each has ``browser`` and ``system`` by their names, empty where they are none we know, and
    ``is_here``. A session that has run out, or that a new password has ended, is none.
    """
    rows = {row.session_key: row for row in UserSession.objects.filter(user=person)}
    stored = Session.objects.filter(session_key__in=rows, expire_date__gt=timezone.now())
    own = person.get_session_auth_hash()
    found = []
    for session in stored:
        if constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), own):
            row = rows[session.session_key]
            row.browser, row.system = browser_and_system(row.user_agent)
            row.is_here = row.session_key == current_key
            found.append(row)
    return sorted(found, key=lambda row: (row.is_here, row.created_at, row.pk), reverse=True)


def browser_and_system(user_agent: str) -> tuple[str, str]:
    """Return a browser and a system by their names, each empty where it is none we know."""
    return _first_in(user_agent, BROWSERS), _first_in(user_agent, SYSTEMS)


def _first_in(user_agent: str, names: dict[str, str]) -> str:
    """Return the name of the first mark in a browser's own words, which claim others as well."""
    return next((name for mark, name in names.items() if mark in user_agent), "")
