"""The canaries of ``tests/test_leaks.py`` in what guests write and what is stored about them."""

from datetime import timedelta

from django.utils import timezone

from blog.models import Comment
from tests import factories

TEAM = ["assistant", "instructor"]
EVERYBODY = ["ada", "bob", "cyn", "observer", *TEAM, "removed", "eve", "root", "visitor"]

GUEST_CANARIES = {
    "guestopen": EVERYBODY,
    "guestwaiting": ["ada", *TEAM],
    "guestrefused": ["ada", *TEAM],
    "guestreason": TEAM,
    "guestobjection": TEAM,
    "guestwithdrawn": [],
    "guestmail": [],
}


def let_guests_comment(public, instructor, mark):
    """Plant what guests wrote on a public post; nobody in the crawl has their secret addresses."""
    now = timezone.now()

    def write(name, **fields):
        email = f"{mark('guestmail')}@example.org"
        return factories.make_guest_comment(public, mark(name), email=email, **fields)

    write("guestopen", state=Comment.State.OPEN)
    write("guestwaiting")
    refused = {"state": Comment.State.HIDDEN, "decided_by": instructor}
    refused["decided_at"] = now - timedelta(minutes=1)
    write("guestrefused", reason=mark("guestreason"), **refused)
    write("guestrefused", objection=mark("guestobjection"), objected_at=now, **refused)
    withdrawn = write("guestwithdrawn")
    Comment.objects.filter(pk=withdrawn.pk).update(deleted_at=now)


def guest_keys(name):
    """Return the keys of the addresses of guests; the secret ones nobody in the crawl has."""
    if name == "guest_comment_new":
        return {"pk": [1], "slug": ["wrong"]}
    if name.startswith("guest_comment"):
        return {"token": ["1.forged"], "slug": ["wrong"]}
    return {}
