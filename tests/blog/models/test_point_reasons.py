"""Why other points count: each reader reads an import in their own language."""

import pytest

from blog.models import IMPORTED_REASON, Grading, point_reasons, reason_in_words, stored_reason
from tests import factories
from tests.submitted import fields_of


def test_the_reason_of_an_import_is_words_of_the_reader(monkeypatch):
    monkeypatch.setattr(
        point_reasons, "_", lambda text: {"Entered by your instructor.": "Da."}[text]
    )

    assert reason_in_words(IMPORTED_REASON) == "Da."
    assert stored_reason("Da.") == IMPORTED_REASON


@pytest.mark.parametrize("typed", ["", "A talk", "Entered by hand."])
def test_what_a_grader_types_stays_as_it_is(typed):
    assert reason_in_words(typed) == stored_reason(typed) == typed


def test_the_desk_shows_the_words_and_changes_no_grade_by_them(
    client, ada, course, prompt, instructor
):
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_grading(
        post, instructor, override_hundredths=650, override_reason=IMPORTED_REASON
    )
    client.force_login(instructor)
    address = factories.desk_address(post)
    page = client.get(address)
    version = Grading.objects.get().version

    client.post(address, fields_of(page, "revision"))

    assert 'value="Entered by your instructor."' in page.content.decode()
    grading = Grading.objects.get()
    assert (grading.override_reason, grading.version) == (IMPORTED_REASON, version)
