"""Values of settings, checked as they are read: errors appear before the site starts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import to_locale


def offered_languages(named: Sequence[tuple[str, str]], catalogues: Path) -> list[tuple[str, str]]:
    """Return those languages whose compiled catalogue is there; English needs none.

    Each comes with its name in itself, which is the same on all pages.
    """
    return [
        (code, name)
        for code, name in named
        if code == "en" or (catalogues / to_locale(code) / "LC_MESSAGES" / "django.mo").is_file()
    ]


def site_language(code: str, offered: Sequence[tuple[str, str]]) -> str:
    """Return the language in which the site speaks to whoever asks for none that it has."""
    codes = [one for one, _name in offered]
    if code not in codes:
        raise ImproperlyConfigured(
            f"SITE_LANGUAGE must be one of {', '.join(codes)}, not {code!r}."
        )
    return code


def two_step_groups(names: list[str]) -> frozenset[str]:
    """Return the groups of people who have to sign in in two steps."""
    unknown = sorted(set(names) - {"staff", "teams"})
    if unknown:
        raise ImproperlyConfigured(
            f"TWO_STEP_REQUIRED_FOR knows staff and teams, not {', '.join(unknown)}."
        )
    return frozenset(names)


def university_login(
    *,
    name: str,
    address: str,
    client_id: str,
    secret: str,
    trusts_email: bool,
    is_silent: bool = False,
) -> dict | None:
    """Return the sign-in of the institution as allauth wants it; None without one.

    Only a site that trusts its emails lets a confirmed one lead to an account that is here already.
    ``is_silent``: it never says when it asked somebody who they are, and is believed that it did.
    """
    values = {
        **{"OIDC_NAME": name, "OIDC_URL": address},
        **{"OIDC_CLIENT_ID": client_id, "OIDC_SECRET": secret},
    }
    missing = [variable for variable, value in values.items() if not value.strip()]
    if len(missing) == len(values):
        return None
    if missing:
        raise ImproperlyConfigured(
            f"{', '.join(values)} belong together: {', '.join(missing)} must be set too."
        )
    parts = urlsplit(address.strip())
    is_here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and is_here)):
        raise ImproperlyConfigured(f"OIDC_URL must be an https:// address, not {address!r}.")
    return {
        "provider_id": "university",
        "name": name.strip(),
        "client_id": client_id.strip(),
        "secret": secret.strip(),
        "settings": {
            "server_url": address.strip().rstrip("/"),
            "email_authentication": trusts_email,
            "is_silent": is_silent,
        },
    }


def password_signup(*, allowed: bool, university: dict | None) -> bool:
    """Return whether people may create an account with a password, besides those invited."""
    if not allowed and university is None:
        raise ImproperlyConfigured("PASSWORD_SIGNUP can be off only with another way in: OIDC_URL.")
    return allowed


def retention_days(text: str) -> dict[str, int]:
    """Return for how many days each kind of row is kept; 0 is for ever."""
    days = {
        "sent_mail": 90,
        "notifications": 180,
        "invitations": 365,
        "audit_events": 3 * 365,
        "deleted_posts": 30,  # after the days in which they can be restored
        "sessions": 1,  # after they ran out
        "form_keys": 90,
        "unused_accounts": 2 * 365,  # only named, never deleted
    }
    for part in filter(None, text.split(",")):
        kind, _is, number = part.strip().partition("=")
        if kind not in days or not number.isdecimal():
            raise ImproperlyConfigured(
                f"RETENTION_DAYS knows {', '.join(days)}, each with a number of days, as in "
                f"sent_mail=30,audit_events=0; not {part.strip()!r}."
            )
        days[kind] = int(number)
    return days


def email_domains(names: list[str]) -> tuple[str, ...]:
    """Return the domains whose emails may sign up: example.edu, or *.example.edu below it."""
    for name in names:
        labels = name.removeprefix("*.").split(".")
        if len(labels) < 2 or not all(
            label and label.replace("-", "").isalnum() and label.isascii() for label in labels
        ):
            raise ImproperlyConfigured(
                f"SIGNUP_EMAIL_DOMAINS must be domains such as example.edu or *.example.edu, not "
                f"{name!r}."
            )
    return tuple(name.lower() for name in names)


def notice_version(version: str) -> str:
    """Return the version of the institution's part of the collection notice: a short word."""
    if len(version) > 30 or not all(sign.isalnum() or sign in ".-_" for sign in version):
        raise ImproperlyConfigured("NOTICE_VERSION must be a short word, such as 2026-09.")
    return version


def security_contact(address: str) -> str:
    """Return the address to report a security problem of this site, as a URL; "" is nowhere."""
    parts = urlsplit(address)
    is_mail = parts.scheme == "mailto" and "@" in parts.path
    is_page = parts.scheme == "https" and bool(parts.hostname)
    if address and (any(sign.isspace() for sign in address) or not (is_mail or is_page)):
        raise ImproperlyConfigured(
            f"SECURITY_CONTACT must be a mailto: or https:// address, not {address!r}."
        )
    return address


def service(url: str) -> str:
    """Return the base address of an outside service; "" turns it off.

    It must be HTTPS, or on this machine, where tests run their own.
    """
    parts = urlsplit(url)
    here = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    schemes = {"http", "https"} if here else {"https"}
    if url and (parts.scheme not in schemes or not parts.hostname or parts.username is not None):
        raise ImproperlyConfigured(f"{url!r} is not an https:// address.")
    return url.rstrip("/")


def database_option(variable: str, option: str, value: Any) -> int | bool | None:
    """Return an option of the address of a database: seconds, or whether something is on."""
    text = str(value).lower()
    if option == "CONN_MAX_AGE":
        if text.isdecimal() or text == "none":
            return None if text == "none" else int(text)
        wanted = "a number of seconds, or none"
    else:
        if text in ("true", "false", "1", "0", "yes", "no", "on", "off"):
            return text in ("true", "1", "yes", "on")
        wanted = "true or false"
    raise ImproperlyConfigured(
        f"{variable}: {option.lower()} must be {wanted}, and not {value!r}. "
        "Write for instance ?conn_max_age=0&disable_server_side_cursors=true"
    )
