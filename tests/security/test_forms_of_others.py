"""Every form of every page, sent by those who must not, and with keys of another course in it.

The pages come from the URL configuration and the forms from the pages, so a new form is tried here
before anybody thinks of it. What roles get comes from the table of ``tests/test_access.py``.
"""

from collections.abc import Iterator
from io import StringIO
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey
from django.test import Client
from django.utils import timezone

from blog.models import Prompt
from tests import factories
from tests.access_rows import ROLES, ROWS
from tests.durability.forms import PageForm, forms_of
from tests.leaks.crawl import links_in, name_of
from tests.security.support import address_of, keys_of, make_course_of
from tests.written import kept, rows_written, snapshot, stands_as, undone

pytestmark = pytest.mark.slow

# At each commit some forms and roles, in the long run all.
SOME_OR_ALL = pytest.mark.parametrize(
    "each", [pytest.param(20, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)]
)
# What everybody shares, and what notes that somebody did something.
COMMON = ("blog.AuditEvent", "blog.IdempotencyKey")


class World:
    """A course with one of everything and everybody, and another course beside it."""

    def __init__(self):
        instructor = factories.make_user("Ines Instructor")
        self.here = make_course_of(instructor, "here")
        rebuild_ties_of("here")
        self.there_rows = rows_added(self.plant_elsewhere)
        course = self.here["course"]
        self.people = {"visitor": None, "outsider": self.there["student"], "instructor": instructor}
        for role in ("observer", "assistant"):
            self.people[role] = factories.make_user(role.title())
            factories.add_member(course, self.people[role], role)
        for role in ("removed", "peer"):
            self.people[role] = factories.make_user(role.title())
            factories.add_member(course, self.people[role])
        course.memberships.filter(user=self.people["removed"]).update(ended_at=timezone.now())
        self.people["owner"] = self.here["student"]

    def plant_elsewhere(self):
        other = factories.make_user("Isa Instructor of there")
        self.there = make_course_of(other, "there")
        rebuild_ties_of("there")

    def client(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        if self.people[role] is not None:
            client.force_login(self.people[role])
        return client


def rebuild_ties_of(course: str) -> None:
    """Derive the ties, which not all factories keep in step."""
    call_command("rebuild_ties", course=course, stdout=StringIO())


def rows_added(make) -> set[tuple[str, int]]:
    """Return the model and key of each row that a function adds."""
    before = all_rows()
    make()
    return all_rows() - before


def all_rows() -> set[tuple[str, int]]:
    return {(model._meta.label, pk) for model in ours() for pk in pks_of(model)}


def ours():
    return [
        model
        for label in ("blog", "network")
        for model in apps.get_app_config(label).get_models()
        if model._meta.managed
    ]


def pks_of(model):
    return model._base_manager.values_list("pk", flat=True)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        yield World()


def pages_for(world, role) -> Iterator[tuple[str, object]]:
    """Yield each page that somebody gets, with its address."""
    client = world.client(role)
    for name, (method, _row) in ROWS.items():
        if method != "GET":
            continue
        address = address_of(name, keys_of(world.here))
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # which closes its file
        elif answer.status_code == 200 and "html" in answer.headers.get("Content-Type", ""):
            yield address, answer


@pytest.fixture(scope="module")
def forms(world) -> list[PageForm]:
    """Return each form of the pages that a student and the instructor get, once."""
    found = {}
    for role in ("owner", "instructor"):
        for address, answer in pages_for(world, role):
            for form in forms_of(address, answer.content.decode()):
                found.setdefault(form.shape, form)
    return list(found.values())


@pytest.mark.django_db
@pytest.mark.figure
@SOME_OR_ALL
def test_nobody_sends_the_form_of_somebody_else(world, forms, each, figure):
    before, tried, wrong = snapshot(), 0, []

    for role in ("visitor", "outsider", "removed", "observer", "peer", "assistant"):
        for form in forms[:: max(1, each // 4)]:
            if form.name not in ROWS:  # of a package: about oneself, whoever sends it
                continue
            _method, row = ROWS[form.name]
            if row[ROLES.index(role)] not in (403, 404) and role != "visitor":
                continue
            if role == "visitor" and row[ROLES.index(role)] == 200:
                continue
            with undone():
                since = rows_written()
                status = world.client(role).post(form.path, form.fields).status_code
                tried += 1
                if status not in (302, 403, 404) or not stands_as(before, since, snapshot):
                    wrong.append((role, form.path, status))

    assert wrong == []
    figure("A form sent by who must not is refused and changes nothing", f"{tried} sent")


def keys_elsewhere(world) -> list[str]:
    """Return what names a thing of the other course, by number or by word."""
    there = world.there
    numbers = {str(pk) for label, pk in world.there_rows if label not in COMMON}
    words = {there["course"].slug, there["post"].slug, there["student"].username}
    return sorted(numbers, key=int) + sorted(words)


def names_a_thing(value: str) -> bool:
    return value.isdigit() or value.startswith(("post-here", "student-here", "here"))


def touched_elsewhere(world, before) -> list[str]:
    """Return what changed of the other course, and what of ours points to it now."""
    found = [
        f"{label} {pk} is gone"
        for label, pk in world.there_rows - all_rows()
        if label not in COMMON
    ]
    for model in ours():
        label = model._meta.label
        for field in model._meta.fields:
            if not isinstance(field, ForeignKey) or field.related_model._meta.label in COMMON:
                continue
            theirs = [pk for of, pk in world.there_rows if of == field.related_model._meta.label]
            pointing = model._base_manager.filter(**{f"{field.name}__in": theirs})
            found += [
                f"{label} {pk} has {field.name} of there"
                for pk in pointing.values_list("pk", flat=True)
                if (label, pk) not in world.there_rows and label not in COMMON
            ]
    now = rows_of(world)
    return found + [f"{one} changed" for one, row in before.items() if now.get(one) != row]


def rows_of(world) -> dict:
    """Return the rows of the other course as they stand."""
    found = {}
    for model in ours():
        label = model._meta.label
        keys = [pk for of, pk in world.there_rows if of == label]
        if keys and label not in COMMON:
            rows = model._base_manager.filter(pk__in=keys).values_list()
            found |= {(label, row[0]): row for row in rows}
    return found


@pytest.mark.django_db
def test_what_reaches_another_course_is_seen(world):
    before = rows_of(world)
    assert touched_elsewhere(world, before) == []

    comment = factories.make_comment(world.people["owner"], world.there["post"], tied=False)
    Prompt.objects.filter(pk=world.there["prompt"].pk).update(title="Ours")

    assert touched_elsewhere(world, before) == [
        f"blog.Comment {comment.pk} has post of there",
        f"blog.Comment {comment.pk} has addressee of there",
        f"('blog.Prompt', {world.there['prompt'].pk}) changed",
    ]


@pytest.mark.django_db
@pytest.mark.figure
@SOME_OR_ALL
def test_no_key_of_another_course_in_a_form_reaches_it(world, forms, each, figure):
    keys, before = keys_elsewhere(world)[:: max(1, each // 4)], rows_of(world)
    tried, wrong = 0, []
    client = world.client("instructor")

    for form in forms[::each]:
        for field, values in form.fields.items():
            if field in ("csrfmiddlewaretoken", "key") or not any(map(names_a_thing, values)):
                continue
            for key in keys:
                if key.isdigit() != values[0].isdigit():
                    continue
                with undone():
                    since = rows_written()
                    answer = client.post(form.path, form.fields | {field: [key]})
                    tried += 1
                    if answer.status_code >= 500:
                        wrong.append((form.path, field, key, answer.status_code))
                    elif rows_written() != since:
                        wrong += [
                            (form.path, field, key, what)
                            for what in touched_elsewhere(world, before)
                        ]

    assert wrong == []
    figure("A key of another course in a form reaches nothing there", f"{tried} forms sent")


@pytest.mark.django_db
@pytest.mark.figure
@SOME_OR_ALL
def test_no_key_of_another_course_in_a_query_shows_it(world, each, figure):
    keys, client, seen, wrong = keys_elsewhere(world)[::each], world.client("owner"), set(), []

    for _address, answer in pages_for(world, "owner"):
        for link in links_in(answer):
            path, query = urlsplit(link).path, dict(parse_qsl(urlsplit(link).query))
            for field in query:
                shape = (name_of(path), field)
                if shape in seen or not names_a_thing(query[field]):
                    continue
                seen.add(shape)
                for key in keys:
                    page = client.get(path, query | {field: key})
                    if page.status_code >= 500 or b"of there" in page.content:
                        wrong.append((path, field, key, page.status_code))

    assert wrong == []
    assert seen
    figure(
        "A key of another course in an address shows nothing of it",
        f"{len(seen)} fields, {len(keys)} keys each",
    )
