"""The cast of all tests: one course, its instructor, two students, and an outsider."""

import gc
import os
from pathlib import Path

import pytest
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from hypothesis import settings

from tests import factories, figures
from tests.blog.lookup.stub import registry
from tests.collected import collect_once
from tests.demo_course import load_demo
from tests.emptied_database import keep_permissions
from tests.lms import running_lms
from tests.long import sample
from tests.made_languages import all_languages
from tests.shared_database import SharedDatabase
from tests.shares import slow_first
from tests.signed_in import record_sign_in

# A slow machine is not a wrong answer: what takes how long is for the benchmarks to say.
# The same examples at each run: who changes a form shall not stumble over a text that nobody tried.
settings.register_profile("suite", deadline=None, derandomize=True, max_examples=20)
# For make test-fast, and for make test-long.
settings.register_profile("fast", deadline=None, derandomize=True, max_examples=8)
settings.register_profile("long", deadline=None, derandomize=True, max_examples=50)
# For whoever looks for such a text: --hypothesis-profile=explore.
settings.register_profile("explore", deadline=None)
settings.load_profile("suite")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_itemcollected(item):
    """Mark the tests that may touch the database: pytest-django keeps all others away from it."""
    if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames):
        item.add_marker("database")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    sample(items)
    yield  # in which those that are not asked for go
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers > 1:
        items[:] = slow_first(items, workers)


def pytest_collection_finish():
    """Look through all that was imported once and not at each collection: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, request, tmp_path_factory, django_db_blocker
):
    """Migrate one database for all processes that run the tests."""
    if not hasattr(request.config, "workerinput"):
        yield
        return
    shared = SharedDatabase(tmp_path_factory.getbasetemp().parent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.creation, "create_test_db", shared.create)
        yield
    with django_db_blocker.unblock():
        shared.leave()


@pytest.fixture(scope="session")
def folder_of_run(request, tmp_path_factory) -> Path:
    """Return the folder that all processes of this run share, and no other run."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if hasattr(request.config, "workerinput") else folder


@pytest.fixture(scope="session")
def collected_files(folder_of_run) -> Path:
    """Return the folder of static files as a production site has them; nobody writes there."""
    return collect_once(folder_of_run)


@pytest.fixture(scope="session")
def folder_of_languages(tmp_path_factory) -> Path:
    """Return the folder for the catalogues that this process makes."""
    return tmp_path_factory.mktemp("languages")


@pytest.fixture
def languages(folder_of_languages):
    """Offer more languages than English: French, Arabic, and one that is longer."""
    with all_languages(folder_of_languages):
        yield


@pytest.fixture
def committed_demo(transactional_db, folder_of_run):
    """Return the demo course for a test with a server of its own, loaded once in a run."""
    return load_demo(folder_of_run)


@pytest.fixture(autouse=True, scope="session")
def _permissions_stay():
    with pytest.MonkeyPatch.context() as patch:
        keep_permissions(patch)
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords():
    """Hash passwords quickly: a million rounds for each of the cast would take most of the time."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True, scope="session")
def _health_is_looked_at():
    """Make the site read its health at each request: none sees another test's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("blog.web.health.KEPT_SECONDS", 0)
        yield


@pytest.fixture(autouse=True, scope="session")
def _own_files(tmp_path_factory):
    """Move the files of the site to a folder of the test."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(autouse=True)
def _no_cache_left_behind(request):
    """Empty the cache after a test that commits: its table has no model, so no flush does it."""
    if not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _signed_in_just_now():
    """Count a test's sign-in as a recent confirmation."""
    user_logged_in.connect(record_sign_in)
    yield
    user_logged_in.disconnect(record_sign_in)


@pytest.fixture
def instructor(db):
    return factories.make_user("Ines Instructor", email="ines@example.edu")


@pytest.fixture
def course(instructor):
    return factories.make_course("networks", instructor=instructor)


@pytest.fixture
def ada(course):
    user = factories.make_user("Ada Student", email="ada@example.edu")
    factories.add_member(course, user)
    return user


@pytest.fixture
def bob(course):
    user = factories.make_user("Bob Student", email="bob@example.edu")
    factories.add_member(course, user)
    return user


@pytest.fixture
def assistant(course):
    user = factories.make_user("Asa Assistant", email="asa@example.edu")
    factories.add_member(course, user, factories.Role.ASSISTANT)
    return user


@pytest.fixture
def observer(course):
    user = factories.make_user("Oda Observer", email="oda@example.edu")
    factories.add_member(course, user, factories.Role.OBSERVER)
    return user


@pytest.fixture
def eve(db):
    """Return an outsider: signed in, in another course, not in this one."""
    user = factories.make_user("Eve Outsider", email="eve@example.edu")
    factories.make_course("elsewhere", instructor=user)
    return user


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real inputs; tests on it skip where it is not named."""
    folder = os.environ.get("PLN_TEST_DATA")
    if not folder:
        pytest.skip("PLN_TEST_DATA is unset: no real inputs to test on")
    return Path(folder)


@pytest.fixture
def figure(request):
    """Return a function that records how hard a promise was tried, for docs/security.md."""
    return figures.recorder(request.node.nodeid.partition("::")[0])


@pytest.fixture
def crossref(settings, db):
    """Yield a registry on this machine, and a site that asks it and nobody else."""
    with registry() as stub:
        settings.CROSSREF_URL, settings.DOI_URL = stub.url, ""
        settings.LOOKUP_MAILTO = ""
        cache.clear()
        yield stub
        cache.clear()


@pytest.fixture
def doi_org(settings, crossref):
    """Yield a second service beside Crossref."""
    with registry() as stub:
        settings.DOI_URL = stub.url
        yield stub


@pytest.fixture
def akismet(settings, db):
    """Yield a spam filter on this machine that finds no spam, and a site that asks it."""
    with registry() as stub:
        settings.AKISMET_URL, settings.AKISMET_KEY = stub.url, "secretkey"
        stub.lay("/1.1/comment-check", "false")
        cache.clear()
        yield stub
        cache.clear()


@pytest.fixture
def lms():
    """Yield an LMS on this machine, which is not registered yet."""
    with running_lms() as running:
        yield running
