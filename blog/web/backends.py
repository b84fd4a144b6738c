"""The signed-in person and their memberships: one query at the start of a request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from blog.models import Membership, User


class ReaderBackend(AuthenticationBackend):
    """allauth's backend, whose readers know their memberships (docs/adr/0083).

    It stands before allauth's own, which is there for sessions that it began.
    """

    def authenticate(self, request: HttpRequest | None, **credentials) -> User:
        """Return who has this password; nobody asks the next backend whether it is wrong too."""
        person = super().authenticate(request, **credentials)
        if person is None:
            raise PermissionDenied
        return person

    def get_user(self, user_id: int) -> User | None:
        """Return who a session is of, unless their account is closed."""
        memberships = Membership.objects.now_of(user_id)
        if memberships:
            reader = memberships[0].user  # of all of them: rows share what is the same
            if not self.user_can_authenticate(reader):
                return None
        else:
            reader = super().get_user(user_id)
        if reader is not None:
            reader.memberships_now = memberships
        return reader
