"""Words of pages and mails about a blog elsewhere, and about a post that came from one."""

from datetime import timedelta

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.lookup.blogs import Problem
from blog.models import BlogEntry, Post
from blog.models.people import is_withheld

register = template.Library()

SAME_TIME = timedelta(hours=1)  # a blog is read twice an hour

WORDS: dict[str, str | Promise] = {
    Problem.UNREACHABLE: _(
        "The blog sends nothing, or an error, or it is not on the open web. Open it outside the "
        "network of your institution: if you can read it there, wait a while."
    ),
    Problem.OFF_LIMITS: _(
        "This address is not on the open web, so this site does not read it. Use the "
        "address that everyone can open."
    ),
    Problem.REFUSED: _(
        "The blog asks for a password, or turns programs away. Make it public, or allow feed "
        "readers in its settings."
    ),
    Problem.GONE: _(
        "There is no page at this address any more. Check the address; if your blog has moved, "
        "stop it here and connect the new address."
    ),
    Problem.TOO_LARGE: _(
        "The feed is too large to read. Let your blog list fewer entries in its feed."
    ),
    Problem.NOT_A_FEED: _(
        "No feed can be read there. Turn on the feed (RSS or Atom) in the settings of your blog, "
        "or paste the address of the feed itself."
    ),
}


@register.filter
def problem_words(problem: str) -> str:
    """Return the problem of a blog, and its owner's remedy."""
    return str(WORDS.get(problem, ""))


def finding_words(problem: str) -> str:
    """Return why no feed is found where nothing is connected yet, and what to do."""
    if problem == Problem.GONE:
        return gettext("There is no page at this address. Check it.")
    return problem_words(problem)


@register.simple_tag(takes_context=True)
def source_of(context, post: Post, public: bool = False) -> str:
    """Return the address that a post came from, "" where that would tell a withheld name."""
    author = post.author
    is_secret = author.is_confidential if public else is_withheld(author, context["user"])
    return "" if not post.source_url or is_secret else post.source_url


@register.simple_tag
def dated_otherwise(post: Post) -> BlogEntry | None:
    """Return the entry of a post whose blog gives it another time than this site, or None.

    One query, for a post from a blog.
    """
    entry = BlogEntry.objects.filter(post=post).first()
    if entry is None or entry.published_at is None or post.published_at is None:
        return None
    return entry if abs(post.published_at - entry.published_at) > SAME_TIME else None
