"""
Look up works: identify a pasted text, and ask Crossref and doi.org about it.

Registries are asked in a POST or by ``manage.py tick``, never inside a transaction: an answer takes
seconds, and a service that is down must cost nobody their words.
"""

from blog.lookup.http_client import Unavailable
from blog.lookup.identify import Kind, Pasted, identify
from blog.lookup.registries import (
    CROSSREF,
    DOI_ORG,
    Found,
    can_find,
    find_doi,
    find_isbn,
    find_words,
    is_on,
)
from blog.lookup.results import Choice, Outcome, look_up

__all__ = [
    "CROSSREF",
    "DOI_ORG",
    "Choice",
    "Found",
    "Kind",
    "Outcome",
    "Pasted",
    "Unavailable",
    "can_find",
    "find_doi",
    "find_isbn",
    "find_words",
    "identify",
    "is_on",
    "look_up",
]
