"""Ways to hide a post from classmates, one field each; in a table for ``parametrize``."""

import pytest
from django.utils import timezone

from blog.models import Audience, Post

NOT_FOR_CLASSMATES = [
    pytest.param({"audience": Audience.ONLY_ME}, id="only me"),
    pytest.param({"audience": Audience.INSTRUCTORS}, id="instructors"),
    pytest.param({"audience": Audience.POD}, id="pod"),
    pytest.param({"status": Post.Status.WITHDRAWN}, id="withdrawn"),
    pytest.param({"deleted_at": timezone.now()}, id="deleted"),
]
