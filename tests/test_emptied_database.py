"""Rows that a test that commits leaves behind: none."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from blog.models import GradingEvent
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_all_rows_are_gone_but_permissions(course, ada, prompt, instructor):
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_comment(ada, post)
    grading = factories.make_grading(post, instructor)
    GradingEvent.of(grading, by=instructor, kind="saved").save()
    before = [list(model.objects.order_by("pk").values()) for model in (ContentType, Permission)]

    call_command("flush", verbosity=0, interactive=False)

    left = {model for model in apps.get_models() if model._base_manager.exists()}
    assert left == {ContentType, Permission}
    after = [list(model.objects.order_by("pk").values()) for model in (ContentType, Permission)]
    assert after == before
    assert Permission.objects.filter(content_type__app_label="blog", codename="add_post").exists()
