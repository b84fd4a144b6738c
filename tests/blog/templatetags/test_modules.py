"""Scripts that a page asks for at once, and pages that do not."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from blog.models import User
from blog.templatetags.modules import imported_modules
from tests import factories

MODULE = "django_prose_editor/editor.js"
STATIC = Path(settings.BASE_DIR) / "static"


def preloads(page: str) -> list[str]:
    return re.findall(r'<link rel="modulepreload" href="/static/([^"]+)">', page)


def test_the_imports_of_a_script_are_all_found():
    visual = [str(path.relative_to(STATIC)) for path in STATIC.glob("js/editor/visual/*.js")]

    found = imported_modules("js/editor/visual/main.js")

    assert found[0] == "js/editor/visual/main.js"
    assert set(visual) <= set(found)
    assert len(found) == len(set(found))
    assert all((STATIC / path).is_file() for path in found)
    assert imported_modules(MODULE) == (MODULE,)


@pytest.mark.parametrize(
    ("name", "editor", "is_preloaded"),
    [
        ("post_new", "visual", True),
        ("post_edit", "visual", True),
        ("post_edit", "markdown", False),
        ("post_page", "visual", False),
        ("course_home", "visual", False),
    ],
)
def test_only_who_opens_the_visual_editor_fetches_it_at_once(
    client, ada, course, name, editor, is_preloaded
):
    post = factories.make_post(ada, course)
    User.objects.filter(pk=ada.pk).update(editor=editor)
    client.force_login(ada)
    args = [course.slug] if name in ("post_new", "course_home") else [course.slug, post.slug]

    found = preloads(client.get(reverse(name, args=args)).content.decode())

    assert (MODULE in found, "js/editor/visual/main.js" in found) == (is_preloaded, is_preloaded)
    assert found[:1] == [MODULE] * is_preloaded
