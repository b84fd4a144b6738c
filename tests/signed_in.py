"""Ways of signing in, as allauth records them: the test client knows nothing of that."""

from allauth.account import app_settings
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication


def record_sign_in(sender, request, user, **kwargs):
    """Record a password for a sign-in by the test client, whose request is of no page."""
    if not request.path:
        record_authentication(request, user, "password")


def signed_in_long_ago(client):
    """Let a client's sign-in be so long ago that it no longer counts as showing who one is."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][0]["at"] -= (
        app_settings.REAUTHENTICATION_TIMEOUT + 1
    )
    session.save()
    return client
