"""Forms of the Publication Manual (7th edition, chapters 10 and 11) that students’ sources take.

Each form with one example; ``*…*`` stands for italics. The works are real where the manual’s
public pages have made them well known, else invented.
"""

import pytest

from blog.citations import format_citations, parse_cluster
from blog.citations.csl.types import KINDS
from blog.forms.references.reference import TYPES
from tests.blog.citations.apa.forms.audiovisual import AUDIOVISUAL
from tests.blog.citations.apa.forms.legal import LEGAL
from tests.blog.citations.apa.forms.online import ONLINE
from tests.blog.citations.apa.forms.texts import TEXTS
from tests.blog.citations.factories import entry, in_text, offline, on, people, person, starred

FORMS = AUDIOVISUAL | ONLINE | TEXTS | LEGAL


@pytest.mark.parametrize("form", FORMS)
def test_the_list_has_the_form(form):
    csl, expected, _cited = FORMS[form]

    assert starred(entry(csl).runs) == expected


@pytest.mark.parametrize("form", FORMS)
def test_the_text_cites_it(form):
    csl, _listed, expected = FORMS[form]

    (runs,) = format_citations({"k": csl}, [parse_cluster("@k")]).in_text

    assert starred(runs) == expected


@pytest.mark.parametrize(
    ("name", "in_list", "cited"),
    [
        (person("hooks, bell"), "hooks, b.", "hooks"),
        (person("boyd, danah michele"), "boyd, d. m.", "boyd"),
        (person("Lee, bell"), "Lee, B.", "Lee"),
        (person("Fogg, B. J. [@bjfogg]"), "Fogg, B. J. [@bjfogg].", "Fogg"),
        (person("[@luna]"), "[@luna].", "[@luna]"),
        (
            person("National Institute of Mental Health [NIMH]"),
            "National Institute of Mental Health.",
            "National Institute of Mental Health [NIMH]",
        ),
    ],
)
def test_a_name_stays_as_its_owner_writes_it(name, in_list, cited):
    csl = offline("book", "Ties", author=[name], issued=on(2020))

    assert entry(csl).text == f"{in_list} (2020). Ties."
    assert in_text("[@k]", k=csl) == [f"({cited}, 2020)"]


@pytest.mark.parametrize("kind", [kind for kind, _label in TYPES])
def test_every_kind_that_the_form_offers_has_a_form_of_its_own(kind):
    assert kind in KINDS


def test_a_part_that_is_typed_after_a_name_stays_with_it():
    film = offline("motion_picture", "Ties", author=people("Forman, Miloš (Director)"))

    assert entry(film).text == "Forman, M. (Director). (n.d.). Ties [Film]."
    assert in_text("[@k]", k=film) == ["(Forman, n.d.)"]
