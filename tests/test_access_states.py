"""Access in each state of the course, its post and its reader.

As ``tests/test_access.py``, which asks in the open course: every address of the URL configuration,
with POST what changes something; who is refused or reads leaves the database as it was.
"""

from dataclasses import replace

import pytest

from tests.access_states import STATES
from tests.access_world import Asking, made_for, plant
from tests.error_pages import bare_error_pages
from tests.written import kept, rows_written, snapshot, undone

# At each commit one address in so many, another one in each state; in the long run all.
SOME_OR_ALL = pytest.mark.parametrize(
    "each", [pytest.param(24, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)]
)
SHOWN = -1  # instead of the status of a page with words that are not for its reader


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Yield one of everything, for all states, as each is entered and left."""
    with kept(django_db_blocker), bare_error_pages():
        yield plant()


@pytest.mark.parametrize("state", STATES)
def test_what_a_state_lists_is_asked_and_no_rule_says_it(state):
    here = STATES[state]

    ruled = {name: replace(here, others={}).expected(name) for name in here.others}

    assert set(here.others) <= set(here.names)
    assert [name for name in here.others if here.expected(name) == ruled[name]] == []


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.figure
@pytest.mark.whole
@SOME_OR_ALL
@pytest.mark.parametrize("state", STATES)
def test_access_in_a_state(state, each, world, figure):
    here, wrong, answers = STATES[state], {}, 0

    with undone():
        there = here.enter(world)
        asking = Asking(there, here.roles)
        before = snapshot()
        for name in here.names[list(STATES).index(state) % each :: each]:
            with undone():
                since = rows_written()
                asked = made_for(name, there)
                stands = before if rows_written() == since else snapshot()
                ask = asking.of(asked)
                got = {
                    role: SHOWN if here.shows(name, role, page) else status
                    for role, status, page in ask(name, asked, stands)
                }
            answers += len(got)
            if got != here.expected(name):
                wrong[name] = got, here.expected(name)

    assert wrong == {}
    figure(
        "Every address answers in each state as its row says",
        "{states} states, {answers} answers",
        states=1,
        answers=answers,
    )
