"""What the database itself refuses of the history of grades."""

import pytest
from django.db import DatabaseError, transaction

from blog.models import GradingEvent
from tests import factories

pytestmark = pytest.mark.every_database


def test_an_event_cannot_be_changed(ada, course, prompt, instructor):
    post = factories.make_post(ada, course, prompt=prompt)
    grading = factories.make_grading(post, instructor)
    GradingEvent.objects.create(grading=grading, actor=instructor, kind=GradingEvent.Kind.SAVED)

    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        GradingEvent.objects.update(changes={"text": ["", "Something else."]})

    assert GradingEvent.objects.get().changes == {}
