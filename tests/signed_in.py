"""How somebody has signed in, as allauth records it: the test client knows nothing of that."""

from allauth.account.internal.flows.login import record_authentication


def record_sign_in(sender, request, user, **kwargs):
    """Record a password for a sign-in by the test client, whose request is of no page."""
    if not request.path:
        record_authentication(request, user, "password")
