"""Pages that ask for the password again, unless somebody has just signed in."""

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest


def _has_not_just_signed_in(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    horizon = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return not any(record.get("at", 0) > horizon for record in records)


# For what a forgotten open browser must not give away, or delete: one signs in again, or has a
# moment ago.
recent_sign_in_required = reauthentication_required(enabled=_has_not_just_signed_in)
