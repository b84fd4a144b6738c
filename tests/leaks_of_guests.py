"""The canaries of ``tests/test_leaks.py`` in what guests write and what is stored about them."""

from datetime import timedelta

from django.utils import timezone

from blog.models import Audience, Comment, Post, note_objection
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
    "hiddenpublictitle": ["ada", *TEAM, "root"],
    "hiddenpublictext": ["ada", *TEAM],
    "hiddenpublicguest": ["ada", *TEAM],
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
    reason, objection = mark("guestreason"), mark("guestobjection")
    decided = write("guestrefused", reason=reason, **refused)
    factories.make_case(decided, by=instructor, decision="hide", reason=reason)
    objected = write("guestrefused", objection=objection, objected_at=now, **refused)
    factories.make_case(objected, by=instructor, decision="hide")
    note_objection(objected, objection)
    withdrawn = write("guestwithdrawn")
    Comment.objects.filter(pk=withdrawn.pk).update(deleted_at=now)


def guest_keys(name):
    """Return the keys of the addresses of guests; the secret ones nobody in the crawl has."""
    if name == "guest_comment_new":
        return {"pk": [1], "slug": ["wrong"]}
    if name.startswith("guest_comment"):
        return {"token": ["1.forged"], "slug": ["wrong"]}
    return {}


def hide_commented_post(ada, course, mark):
    """Plant a public post that the team hid, with what guests have written on it."""
    hidden = factories.make_post(
        ada,
        course,
        mark("hiddenpublictitle"),
        mark("hiddenpublictext"),
        audience=Audience.PUBLIC,
        slug="hidden",
    )
    shown = Comment.State.OPEN
    factories.make_guest_comment(hidden, mark("hiddenpublicguest"), state=shown)
    Post.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
