"""A registry on this machine, and a site that asks it."""

import pytest
from django.core.cache import cache

from tests.blog.lookup.stub import registry


@pytest.fixture
def crossref(settings, db):
    with registry() as stub:
        settings.CROSSREF_URL, settings.DOI_URL = stub.url, ""
        settings.LOOKUP_MAILTO = ""
        cache.clear()
        yield stub
        cache.clear()


@pytest.fixture
def doi_org(settings, crossref):
    """A second service beside Crossref."""
    with registry() as stub:
        settings.DOI_URL = stub.url
        yield stub
