"""Course codes and invitations on the way through signing in."""

import re

from django.http import HttpRequest

from blog.models import Course, Invitation
from blog.web.rate_limits import HOUR, enforce_rate_limit

CONFIRMED_EMAIL = "account_verified_email"  # where allauth keeps that of an invitation
INVITED_EMAIL = "invited_email"  # to which a link of a team came that was opened here
# A lecture hall of visitors may have one address. Codes have 62 bits: guessing is hopeless anyhow.
WRONG_CODES, WRONG_CODES_OF_VISITORS = 10, 60  # an hour
JOIN_PATH = re.compile(r"/join/([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{1,9})/")
INVITATION_PATH = re.compile(r"/join/invitations/([\w.-]+)/")


def limit_wrong_codes(request: HttpRequest) -> None:
    """Use up one of the wrong codes that this person, or this visitor's address, has an hour."""
    is_visitor = not request.user.is_authenticated
    times = WRONG_CODES_OF_VISITORS if is_visitor else WRONG_CODES
    enforce_rate_limit(request, "join", times, per=HOUR)


def course_to_join(request: HttpRequest, next_page: str | None) -> Course | None:
    """Return the course that the next page joins, if its code or invitation still works."""
    invited = INVITATION_PATH.fullmatch(next_page or "")
    if invited is not None:
        open_ones = Invitation.objects.of_token(invited[1]).open().select_related("course")
        invitation = open_ones.first()
        return invitation.course if invitation else None
    named = JOIN_PATH.fullmatch(next_page or "")
    if named is None:
        return None
    course = Course.objects.filter(join_code=named[1], can_be_joined=True, archived_at=None).first()
    if course is None:
        limit_wrong_codes(request)
    return course
