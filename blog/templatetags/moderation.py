"""Words of templates about moderation: names of posts and comments, addresses of decisions."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from blog.models import Comment, Course, ModerationEvent, Post, name_for, post_of
from blog.templatetags.names import comment_author, isolated

register = template.Library()

DECISION_URLS = {
    ModerationEvent.Kind.KEEP: "case_keep",
    ModerationEvent.Kind.ASK: "case_ask",
    ModerationEvent.Kind.HIDE: "case_hide",
}


@register.filter
def target_name(target: Post | Comment) -> str:
    """Return the name of a post or comment on a page and in addresses: "comment-17"."""
    return f"{target._meta.model_name}-{target.pk}"


@register.simple_tag
def decision_url(course: Course, target: Post | Comment, decision: str) -> str:
    """Return the address for the form of a decision."""
    return reverse(DECISION_URLS[ModerationEvent.Kind(decision)], args=[course.slug, target])


@register.simple_tag(takes_context=True)
def actor_of(context, event: ModerationEvent) -> str:
    """Return the name of who acted in a case; what has no actor was done by a guest."""
    if event.actor is None:
        return comment_author(context, event.case.target)
    return isolated(name_for(event.actor, context.get("user")))


@register.simple_tag(takes_context=True)
def target_words(context, target: Post | Comment) -> str:
    """Return a post or comment in words: “Comment by Ada on “Of ties””."""
    title = isolated(post_of(target).title)
    if isinstance(target, Comment):
        words = {"name": comment_author(context, target), "title": title}
        return _("Comment by %(name)s on “%(title)s”") % words
    name = isolated(name_for(target.author, context.get("user")))
    return _("Post by %(name)s, “%(title)s”") % {"name": name, "title": title}
