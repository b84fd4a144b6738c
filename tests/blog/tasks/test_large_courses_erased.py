"""A course of any size is hidden: no statement has more parameters than a database takes."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from blog.models import Comment, Membership, OutboxMessage
from blog.models.outbox import mail_to, queue_mails
from blog.tasks import erased_courses, hide_courses_to_erase
from tests import factories
from tests.full_course import let_its_day_come

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

MANY = 30


def log(model, key, by):
    kind = ContentType.objects.get_for_model(model)
    return LogEntry.objects.create(
        user=by, content_type=kind, object_id=str(key), object_repr="Words", action_flag=2
    )


@pytest.mark.parametrize("rows", [3, MANY])
def test_what_is_named_by_its_key_goes_in_pieces(course, ada, instructor, monkeypatch, rows):
    monkeypatch.setattr(erased_courses, "PIECE", 2)
    post = factories.make_post(ada, course)
    for number in range(rows):
        comment = factories.make_comment(instructor, post)
        log(Comment, comment.pk, instructor)
        member = factories.add_member(course, factories.make_user(f"Member {number}"))
        log(Membership, member.pk, instructor)
        queue_mails(
            [mail_to(instructor, "course_name_given", key=f"of:{number}", membership=member.pk)]
        )
    queue_mails([mail_to(ada, "course_name_given", key="other", membership=0)])
    let_its_day_come(course)
    sizes = []

    def count(execute, sql, params, many, context):
        sizes.append(len(params or ()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        assert hide_courses_to_erase() == 1

    assert max(sizes) < MANY
    assert set(LogEntry.objects.values_list("object_repr", flat=True)) == {""}
    assert [mail.key for mail in OutboxMessage.objects.all()] == ["other"]
