"""Whoever searches for a canary finds it if it is for them, and nothing if it is not."""

import pytest

from blog.models import User
from blog.queries.search import SearchCriteria, search_course
from tests.leaks.canaries import CANARIES, mark
from tests.leaks.places import COMMENTS, POSTS, TITLES
from tests.leaks.world import plant
from tests.long import all_but
from tests.written import kept

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WORKS = "onlymework narrowedwork narrowedteamwork podwork narrowedpodwork coursework gatedwork"
NAMES = "nameada namebob namecyn"
SEARCHED = f"{POSTS} {TITLES} {COMMENTS} {WORKS} {NAMES}".split()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        yield plant()


@pytest.mark.parametrize("role", all_but(["cyn"], ["bob", "cyn", "assistant"]))
def test_a_reader_finds_exactly_what_is_for_them(role, world):
    reader = User.objects.get(pk=world.people[role].pk)

    # In quotation marks: PostgreSQL would offer what is spelled alike, if there is nothing else.
    found = {
        name
        for name in CANARIES
        if search_course(reader, world.course, SearchCriteria(f'"{mark(name)}"')).has_hits
    }

    allowed = {name for name, roles in CANARIES.items() if role in roles}
    assert found - allowed == set()
    # The team reads Cyn’s name in lists alone, and there is no search in these.
    searched = set(SEARCHED) - ({"namecyn"} if role == "assistant" else set())
    assert allowed & searched - found == set()
