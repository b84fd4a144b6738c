"""Hidden words, on every channel, for every reader (``tests/leaks``).

Each reader opens every page there is: all addresses of the URL configuration with the keys that
exist, and whatever the pages they get lead to; and reads the mails that they were sent. What they
saw must be what they may see, word for word and on each page where it belongs, and the database
must stand afterwards as it stood before: reading writes nothing. What is no word and tells all the
same is found by ``tests/test_count_leaks.py``.
"""

from collections import defaultdict
from itertools import product

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.leaks.canaries import CANARIES, LISTED_ALONE, PAGES_OF_LISTS, ROLES, TEAM, mark
from tests.leaks.crawl import crawl, every_address, worth_opening
from tests.leaks.places import places_of
from tests.leaks.world import plant
from tests.long import all_but
from tests.own_feeds import own_feeds
from tests.written import kept, snapshot

pytestmark = pytest.mark.django_db

# By channel: a page that is known to be looked at, since this canary shows there to this reader.
CHANNELS = {
    "page": ("post_page", "coursetext", "cyn"),
    "list": ("post_list", "coursetitle", "cyn"),
    "prompt": ("prompt_page", "gatedtitle", "bob"),
    "course home": ("course_home", "gatedtitle", "bob"),
    "people": ("person_list", "gatedtitle", "bob"),
    "person": ("person_page", "coursetitle", "cyn"),
    "my work": ("course_work", "gatedowntalk", "cyn"),
    "bibliography": ("bibliography", "coursework", "cyn"),
    "search": ("search", "coursetitle", "cyn"),
    "work": ("work_page", "coursetitle", "cyn"),
    "export": ("bibliography_export", "coursework", "cyn"),
    "network": ("ego_network", "gatedtitle", "bob"),
    "grading": ("grading_student", "gatedtext", "instructor"),
    "calendar": ("calendar_feed", "promptfuture", "instructor"),
    "feed": ("secret_course_feed", "coursetitle", "cyn"),
    "notification": ("notification_list", "gatedowntalk", "bob"),
    "announcement": ("announcement_list", "announced", "cyn"),
    "mail": ("mail", "letter", "ada"),
    "public page": ("post_public", "publictext", "visitor"),
    "admin site": ("blog_post_change", "coursetitle", "root"),
}
# At each commit every page is opened by a student, who gets most of it that has rules, and by those
# who get least of it. The rules are the same on every database: a student is enough on others.
FEW = ["visitor", "cyn", "observer"]
READERS = all_but(FEW if connection.vendor == "sqlite" else ["cyn"], ROLES)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Yield the course with its canaries, planted once for all readers and gone after them."""
    with kept(django_db_blocker):
        yield plant()


def pages_of(role, world) -> dict[tuple[str, str], str]:
    """Return all that a reader comes across: pages by name and address, and mails."""
    cache.clear()
    client = Client()
    person = world.people.get(role)
    if person is not None:
        client.force_login(person)
    addresses = worth_opening(every_address(world.course), role)
    addresses |= {"/admin/": "admin"} if role == "root" else {}
    addresses |= own_feeds(person, world.course)
    addresses[f"{reverse('search', args=[world.course.slug])}?q=zqc"] = "search"
    before = snapshot()
    pages = crawl(client, addresses)
    assert snapshot() == before, "reading wrote something"
    sent = [one.message().as_string() for one in world.mails if person and person.email in one.to]
    return pages | {("mail", str(number)): text for number, text in enumerate(sent)}


@pytest.mark.slow
@pytest.mark.figure
@pytest.mark.parametrize("role", READERS)
def test_reader_sees_what_is_for_them_and_reading_writes_nothing(role, world, figure):
    pages = pages_of(role, world)

    seen = defaultdict(list)
    for (page, url), name in product(pages, CANARIES):
        if mark(name) in pages[page, url] and mark(name) not in url:
            seen[name].append((page, url))
    allowed = {name for name, roles in CANARIES.items() if role in roles}
    assert {name: where[:3] for name, where in seen.items() if name not in allowed} == {}
    assert allowed - set(seen) == set()
    if role in TEAM:
        listed = [where for name in LISTED_ALONE for where in seen[name]]
        assert [where for where in listed if not where[0].startswith(PAGES_OF_LISTS)] == []
    shown = {(page, name) for name, where in seen.items() for page, _url in where}
    expected = [(page, name) for page, name, reader in CHANNELS.values() if reader == role]
    assert [one for one in expected if one not in shown] == []
    assert places_of(role) - shown == set()
    figure(
        "Nobody comes across a word that is not for them",
        f"{len(CANARIES)} words, {{readers}} readers, {{pages}} pages and mails read",
        readers=1,
        pages=len(pages),
    )


def test_every_canary_has_a_place_where_it_has_to_be_found():
    placed = {name for role in ROLES for _page, name in places_of(role)}

    assert {name for name, roles in CANARIES.items() if roles} - placed == set()
