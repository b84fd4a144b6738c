"""Template tags with which blog's pages show networks."""

from typing import NamedTuple

from django import template
from django.db.models import Exists
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from blog.models import Membership, name_for
from blog.templatetags.names import known_to
from blog.templatetags.stencils import Stencil
from blog.text.lists import comma_list, isolated, semicolon_list
from network.models import Follow, Intention, Mute
from network.queries.citing_contacts import citing_posts_of_contacts
from network.queries.intentions import intentions_now
from network.queries.network_figure import figures_in
from network.queries.offered_posts import offer_of
from network.queries.questions import questions_to
from network.queries.relations import relations_of

register = template.Library()

MAX_NAMES = 4


@register.inclusion_tag("network/_outside.html", takes_context=True)
def outside_reading(context):
    """Show the posts of a student’s week; the number of queries never grows."""
    reader, course = context["user"], context["course"]
    return {"offer": offer_of(reader, course), "course": course, "user": reader}


@register.inclusion_tag("network/_citing_contacts.html", takes_context=True)
def work_in_network(context, work):
    """Show what those whom a student exchanges with say about a work; others: ``?from=others``."""
    reader, course, request = context["user"], context["course"], context["request"]
    outside = request.GET.get("from") == "others"
    found = citing_posts_of_contacts(reader, course, work, outside=outside)
    return {"found": found, "course": course, "user": reader, "path": request.path}


@register.simple_tag(takes_context=True)
def follow_button(
    context, person, course, followed=None, with_mute=False, is_here=None
) -> SafeString | str:
    """Return a button that follows or unfollows ``person``; nothing where neither is possible.

    ``with_mute`` adds a quiet one that mutes or unmutes them. A page that knows whether the person
    is a member now says so by ``is_here``, which saves a query.

    Nor does it cost one where a list knows whom its reader has ``followed``. Without a script the
    page comes again; with it the button changes its word where it is (static/js/shell/follow.js).
    """
    request = context["request"]
    if not _can_have_button(request.user, person, course):
        return ""
    if is_here is not None:
        follows = (course.pk, person.pk) in relations_of(request.user).follows
        following, is_muted = (follows if is_here else None), False
    elif followed is None:
        following, is_muted = _follows_and_mutes(request.user, person, course)
    else:
        following, is_muted = person.pk in followed, False
    if following is None:
        return ""
    name = name_for(person, request.user)
    form = _FollowForms(context, course).of(person, name, following=following)
    if not with_mute:
        return form
    address = reverse("unmute" if is_muted else "mute", args=[course.slug, person.username])
    mute = context.template.engine.get_template("network/_mute.html")
    return form + mute.render(context.new({"mute": address, "is_muted": is_muted, "name": name}))


class FollowShape(NamedTuple):
    """The words of the button, and whether it says where to come back to."""

    following: bool
    has_back: bool


FOLLOW = Stencil("network/_follow.html", "course_slug username name back csrf_token")


class _FollowForms:
    """The forms of a page's buttons; a list of people has hundreds, so they are a stencil."""

    def __init__(self, context, course):
        request = context["request"]
        self.back = request.get_full_path() if request.method == "GET" else ""
        self.language = get_language()
        self.values = {
            "course_slug": course.slug,
            "csrf_token": escape(str(context.get("csrf_token", ""))),  # kept by nothing
        }

    def of(self, person, name, *, following, anchor="") -> SafeString:
        back = self.back and self.back + anchor
        values = {**self.values, "username": person.username, "name": name, "back": back}
        return FOLLOW.fill(FollowShape(following, bool(back)), values, self.language)


@register.simple_tag(takes_context=True)
def follow_buttons(context, people, course) -> dict[int, SafeString]:
    """Return the buttons of a list of people in the course, by the keys of these.

    None is the reader's own. A browser without scripts comes back to the row of the person.
    """
    reader = context["request"].user
    if not people or reader.membership_in(course) is None:
        return {}
    forms, follows = _FollowForms(context, course), relations_of(reader).follows
    return {
        one.user.id: forms.of(
            one.user,
            one.name,
            following=(course.id, one.user.id) in follows,
            anchor=f"#person-{one.user.username}",
        )
        for one in people
        if one.user.id != reader.id
    }


@register.inclusion_tag("network/_question_here.html", takes_context=True)
def question_here(context, post):
    """Show the question on a post to whom it is offered, where a link to it led: ``?question=``.

    Costs queries only there.
    """
    reader, course, wanted = context["user"], context["course"], context["request"].GET
    questions = questions_to(reader, course) if wanted.get("question") else []
    found = next((one for one in questions if one.post.pk == post.pk), None)
    return {"one": found, "course": course, "user": reader, "request": context["request"]}


@register.inclusion_tag("network/_own_figures.html", takes_context=True)
def own_figures(context, post):
    """Show the author of a post who the numbers of their network figures in it are.

    Costs a query only where the post shows a picture.
    """
    reader = context["user"]
    if "<img" not in post.revision.html:
        return {}
    return {"figures": figures_in(post, reader), "course": context["course"], "user": reader}


def peers_named(ties, reader) -> str:
    """Return the peers of ties as one phrase: "Ana Luna, Ben Ito and 3 others"."""
    names = [known_to(tie.peer, reader) for tie in ties[:MAX_NAMES]]
    others = len(ties) - MAX_NAMES
    if others > 0:
        last = ngettext("%(n)d other", "%(n)d others", others) % {"n": others}
    else:
        last = names.pop()
    if not names:
        return last
    return gettext("%(first)s and %(last)s") % {"first": comma_list(names), "last": last}


@register.simple_tag(takes_context=True)
def week_change(context, week) -> str:
    """Describe in one sentence the changes of a week, by the names of peers, never by numbers."""
    change, reader = week.change, context["user"]
    phrases = [
        (change.new, ngettext("a new tie to %(names)s", "new ties to %(names)s", len(change.new))),
        (
            change.stronger,
            ngettext(
                "a stronger tie to %(names)s", "stronger ties to %(names)s", len(change.stronger)
            ),
        ),
        (
            change.weaker,
            ngettext("a weaker tie to %(names)s", "weaker ties to %(names)s", len(change.weaker)),
        ),
    ]
    changes = [
        phrase % {"names": isolated(str(peers_named(ties, reader)))}
        for ties, phrase in phrases
        if ties
    ]
    if not changes:
        return gettext("Nothing has changed since the end of week %(n)d.") % {"n": week.before}
    return gettext("Since the end of week %(n)d: %(changes)s.") % {
        "n": week.before,
        "changes": semicolon_list(changes),
    }


@register.simple_tag
def intention_of(person, course) -> Intention | None:
    """Return a person's intention for their network this week, for themselves alone."""
    return intentions_now(person, course).now


@register.simple_tag
def empty_set() -> frozenset[int]:
    """Return the keys of nobody."""
    return frozenset()


def _can_have_button(reader, person, course) -> bool:
    return (
        person is not None
        and reader.is_authenticated
        and reader.pk != person.pk
        and reader.membership_in(course) is not None
    )


def _follows_and_mutes(reader, person, course) -> tuple[bool | None, bool]:
    """Return whether the reader follows and mutes the person, None if they are not here now."""
    follows = Follow.objects.in_course(course).filter(follower=reader, followed=person)
    mutes = Mute.objects.in_course(course).filter(by=reader, muted=person)
    members = Membership.objects.in_course(course).active().filter(user=person)
    found = members.values_list(Exists(follows), Exists(mutes)).first()
    return found or (None, False)
