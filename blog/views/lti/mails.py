"""Mails about accounts in LMSs: what opens an account is told like its other changes."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def name_platform_in_mails(request: HttpRequest, name: str) -> None:
    """Set the LMS that mails of allauth in this request name, as somebody came from it.

    They have not signed up, and an email that is theirs may have been typed there by others.
    """
    request.lms_name = name  # type: ignore[attr-defined]


def tell_of_platform(request: HttpRequest, what: str, name: str) -> None:
    """Mail somebody that an LMS was connected with their account, or disconnected."""
    get_adapter(request).send_notification_mail(
        f"account/email/lms_account_{what}", request.user, {"lms": name}
    )
