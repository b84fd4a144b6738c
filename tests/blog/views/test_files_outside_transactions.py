"""No transaction waits for a disk: files are written before it, and deleted after its end."""

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.urls import reverse

from blog.actions import pictures as picture_actions
from blog.actions.portraits import change_portrait, write_portrait
from blog.models import Picture
from tests import factories
from tests.blog.views.accounts.test_portraits import photo

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "3e9f8b1c-0d3a-4e57-9a52-1f1f5a6a7c10"


@pytest.fixture
def calls(monkeypatch):
    """Note each call of the storage that writes or deletes, and refuse it in a transaction."""
    noted = []

    def watched(name):
        call = getattr(default_storage, name)

        def watch(*args, **kwargs):
            assert not connection.in_atomic_block, f"{name} in a transaction"
            noted.append(name)
            return call(*args, **kwargs)

        return watch

    for name in ("save", "delete", "open"):
        monkeypatch.setattr(default_storage, name, watched(name), raising=False)
    return noted


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


def upload(client):
    return client.post(reverse("portrait_change"), {"picture": photo()})


def test_portraits(as_ada, ada, calls):
    upload(as_ada)
    upload(as_ada)
    as_ada.post(reverse("portrait_remove"))

    assert calls == ["save", "save", "delete", "delete"]


def test_a_portrait_whose_row_is_not_kept(as_ada, ada, calls, monkeypatch):
    monkeypatch.setattr("blog.actions.portraits._replace", lambda person, name: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        upload(as_ada)

    assert calls == ["save", "delete"]


def test_a_portrait_that_another_action_changes(ada, calls):
    """Only what writes the file needs to be outside."""
    name = write_portrait(ada, b"a square", by=ada)
    with transaction.atomic():
        change_portrait(ada, name, by=ada)

    ada.refresh_from_db()
    assert ada.portrait.name == name
    assert calls == ["save"]


@pytest.mark.parametrize("quota", [picture_actions.MAX_BYTES_PER_PERSON, 1])
def test_pictures(as_ada, ada, course, calls, monkeypatch, quota):
    monkeypatch.setattr("blog.actions.pictures.MAX_BYTES_PER_PERSON", quota)
    post = factories.make_draft_post(ada, course, slug="nets")

    as_ada.post(
        reverse("picture_add", args=["networks", "nets"]),
        {"picture": photo(), "alternative": "A map", "key": KEY},
    )

    assert Picture.objects.filter(post=post).exists() is (quota > 1)
    assert calls == (["save", "save"] if quota > 1 else ["save", "save", "delete", "delete"])
