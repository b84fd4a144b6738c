"""`manage.py demo`: when it loads, when it refuses, and which passwords it prints."""

import pytest
from django.core.management import CommandError, call_command

from blog.models import AuditEvent, Course, User
from network.demo.people import PEOPLE
from network.management.commands import demo
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def passwords(monkeypatch):
    """Collect the passwords that the course would be loaded with; loading it takes seconds."""
    collected = []
    monkeypatch.setattr(demo, "load_demo", collected.append)
    return collected


def test_demo_refuses_where_debug_is_off(passwords, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG is off"):
        call_command("demo")

    assert passwords == []


def test_demo_uses_the_documented_password_where_debug_is_on(passwords, settings):
    settings.DEBUG = True

    call_command("demo", verbosity=0)

    assert passwords == [demo.PASSWORD]


def test_forced_demo_makes_up_a_new_password_each_time(passwords, settings):
    settings.DEBUG = False

    call_command("demo", "--force")
    call_command("demo", "--force")

    assert demo.PASSWORD not in passwords
    assert len(set(passwords)) == 2
    assert all(len(password) >= 16 for password in passwords)


@pytest.mark.django_db(transaction=True)
def test_the_log_does_not_tell_of_what_nobody_decided(monkeypatch, settings, caplog, ada):
    settings.DEBUG = True
    monkeypatch.setattr(
        demo, "load_demo", lambda _password: AuditEvent.record("account_erased", ada, by=None)
    )
    caplog.set_level("INFO", "blog")

    call_command("demo", verbosity=0)
    assert "Decided" not in caplog.text

    AuditEvent.record("account_erased", ada, by=None)
    assert "Decided" in caplog.text


def test_forced_demo_never_prints_the_documented_password(settings, capsys):
    settings.DEBUG = False
    factories.make_course("edci338")
    factories.make_user("Ines", email="ines.vandermeer@example.edu")

    call_command("demo", "--force")

    assert capsys.readouterr().out.splitlines() == [
        "The course edci338 exists already. Nothing was changed.",
        "  instructor  ines.vandermeer@example.edu           (a password of their own)",
    ]


@pytest.mark.parametrize("field", ["email", "username"])
def test_demo_loads_nothing_where_a_stranger_has_an_account_of_its_own(field, settings):
    settings.DEBUG = True
    taken = {"email": PEOPLE[5].email.upper(), "username": PEOPLE[5].username}
    factories.make_user("Somebody", **{field: taken[field]})

    with pytest.raises(CommandError, match="has an account on this site"):
        call_command("demo")

    assert not Course.objects.exists()
    assert User.objects.count() == 1
