"""Fields that a form does not have change nothing."""

import pytest
from django.urls import reverse

from blog.models import Post
from tests import factories
from tests.security.support import FORMS, address_of, choices, keys_of, make_course_of
from tests.written import undone

EXTRA = {
    "author": "1",
    "user": "1",
    "course": "1",
    "role": "instructor",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "",
    "email": "mallory@example.edu",
    "username": "mallory",
    "password": "mallory",
    "status": "published",
    "state": "hidden",
    "published_at": "2020-01-01",
    "released_at": "2020-01-01",
    "created_at": "2020-01-01",
    "deleted_at": "2020-01-01",
    "ended_at": "2020-01-01",
    "of_record": "on",
    "addressee": "1",
    "addressee_corrected": "on",
    "html": "<script>run()</script>",
    "day": "2020-01-01",
    "pod": "1",
    "slug": "mallory",
    "join_code": "MALLORY",
    "number": "99",
    "id": "1",
    "pk": "1",
}


# What differs between two runs of one and the same form.
MOMENTS = {"id", "created_at", "updated_at", "edited_at", "joined_at", "join_code", "post_id"}
MOMENTS |= {"snapshot_at", "changed_at", "text_changed_at", "link_name"}


def rows_of(model):
    rows = model.objects.order_by("pk").values()
    return [{key: value for key, value in row.items() if key not in MOMENTS} for row in rows]


@pytest.mark.figure
@pytest.mark.parametrize("name", FORMS)
def test_fields_that_a_form_does_not_have_change_nothing(client, root, figure, name):
    rows = make_course_of(root, "own")
    keys = keys_of(rows) | {"comment": rows["own"].pk}
    if name == "join_course":
        keys["code"] = factories.make_course().join_code
    model, clean = FORMS[name]
    form = clean()
    extra = {key: value for key, value in EXTRA.items() if key not in form}
    if name == "course_edit":
        extra["slug"] = "mallory"
    client.force_login(root)
    before = rows_of(model)

    with undone():
        assert client.post(address_of(name, keys), form).status_code == 302
        wanted = rows_of(model)
    assert client.post(address_of(name, keys), form | extra).status_code == 302

    assert wanted != before
    assert rows_of(model) == wanted
    figure(
        "Fields that a form does not have change nothing",
        "{forms} forms, {fields} fields",
        forms=1,
        fields=len(extra),
    )


def test_post_begun_with_foreign_fields_is_a_draft_of_ones_own(client, course, ada, bob):
    client.force_login(ada)

    client.post(
        reverse("post_new", args=[course.slug]),
        choices(title="T", text="W", audience=30, action="save") | EXTRA | {"author": bob.pk},
    )

    post = Post.objects.get()
    assert (post.author, post.course, post.status) == (ada, course, Post.Status.DRAFT)
    assert (post.published_at, post.deleted_at, post.revision) == (None, None, None)
