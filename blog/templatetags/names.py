"""
Names of people in templates; all of them come from ``blog.models.name_for``.

A name that is written from the right is put between two marks of Unicode (``blog.text.lists``), so
that it turns nothing beside it around.
"""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from blog import models
from blog.templatetags.addresses import address_of
from blog.text.lists import isolated

register = template.Library()
register.filter("isolated", isolated)
# Links to posts that are kept as they are printed: some hundred bytes each.
MAX_LINKS = 5_000


@register.simple_tag(takes_context=True)
def name_for(context, person, *, public=False) -> str:
    """Return the name under which this page's reader knows ``person``."""
    return isolated(models.name_for(person, context.get("user"), public=public))


@register.simple_tag
def others_read(person, reader, course) -> str:
    """Return “Others read Quiet Heron” for a reader whose own name a course withholds, else ""."""
    if not reader.is_authenticated or person.pk != reader.pk:
        return ""
    membership = reader.membership_in(course)
    if membership is None or not membership.is_confidential:
        return ""
    return _("Others see %(name)s") % {"name": isolated(person.neutral_name)}


@register.filter
def known_to(person, reader) -> str:
    """Return the name under which ``reader`` knows ``person``, as a filter for sentences."""
    return isolated(models.name_for(person, reader))


@register.filter
def first_name_for(person, reader) -> str:
    """Return the first word of that name, as classmates call each other."""
    return isolated(models.name_for(person, reader).split(" ")[0])


@register.filter
def graded_as(person, names) -> str:
    """Return a grader's name of a student: ``blog.queries.graded_names``."""
    return isolated(names.of(person))


@register.filter
def first_graded_as(person, names) -> str:
    """Return the first word of that name, or all of the text printed instead."""
    return isolated(names.first_of(person))


@register.filter
def written_by(comment, names) -> str:
    """Return a grader's name of a comment's writer."""
    return isolated(names.of_writer(comment))


@register.filter
def number_in(person, names) -> int:
    """Return the number of a student whose name is hidden."""
    return names.numbers[person.pk]


@register.filter
def is_hidden_by(person, names) -> bool:
    """Return whether a grader does not see the name of a person."""
    return names.hides(person)


@register.simple_tag(takes_context=True)
def comment_author(context, comment, *, public=False) -> str:
    """Return the name of a comment's author; a guest has only the name they typed."""
    if comment.author_id is None:
        return isolated(comment.guest_name)
    return isolated(models.name_for(comment.author, context.get("user"), public=public))


def cited_by(context, listed) -> SafeString:
    """Return who cites a work, as links to their posts: “you, Jolanta and others”.

    Each person is named once, with the newest of their posts.
    """
    course, reader = context["course"].slug, context["user"]
    posts = {post.author_id: post for post in reversed(listed.posts)}
    newest_first = [posts[author] for author in dict.fromkeys(p.author_id for p in listed.posts)]
    links = [
        _citing_link(
            address_of("post_page", course, post.slug),
            _("you") if post.author_id == reader.pk else first_name_for(post.author, reader),
            post.title,
        )
        for post in newest_first
    ]
    if listed.has_more_posts:
        address = address_of("work_page", course, listed.work.pk)
        links.append(format_html('<a href="{}">{}</a>', address, _("others")))
    return _joined(links)


@lru_cache(MAX_LINKS, typed=True)
def _citing_link(address: str, name: str, title: str) -> SafeString:
    """Return the link to a post that cites a work, by all that it prints: a list has a hundred."""
    return format_html(
        '<a dir="auto" href="{}">{}<span class="visually-hidden">: {}</span></a>',
        address,
        name,
        title,
    )


def _joined(links: list[SafeString]) -> SafeString:
    """Return links as one phrase: “a, b and c”."""
    if len(links) == 1:
        return links[0]
    first = mark_safe(", ".join(links[:-1]))
    return format_html(_("{first} and {last}"), first=first, last=links[-1])
