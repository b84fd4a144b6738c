from django.apps import AppConfig
from django.core.checks import Info, Tags, Warning, register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from blog.forms.validation_messages import use_plain_words
from blog.lookup import akismet
from blog.lookup.http_client import Unavailable


class BlogConfig(AppConfig):
    """Courses, posts, references, comments and grades."""

    name = "blog"
    verbose_name = _("Courses and posts")

    def ready(self):
        # Models can be imported only now.
        from blog.models.search import keep_search_index

        use_plain_words()
        post_migrate.connect(keep_search_index, sender=self)
        register(check_spam_filter, Tags.security, deploy=True)


def check_spam_filter(app_configs, **kwargs) -> list:
    """Ask Akismet about the key of this site, in ``manage.py check --deploy``."""
    if not akismet.is_on():
        return []
    try:
        is_valid = akismet.is_key_valid()
    except Unavailable as error:
        return [Info(f"Akismet could not be asked about AKISMET_KEY: {error}", id="blog.I001")]
    if is_valid:
        return []
    hint = "Comments of guests wait for the teaching team until it is."
    return [Warning("Akismet says that AKISMET_KEY is not valid.", hint=hint, id="blog.W001")]
