from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    """Courses, posts, references, comments and grades."""

    name = "blog"
    verbose_name = _("Courses and posts")
