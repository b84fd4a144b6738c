"""Visibility of posts, as conditions of queries on posts and on what belongs to them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.fields.related_lookups import RelatedIn
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Audience


class PostStatus(models.TextChoices):
    """The states of a post; everybody else writes ``Post.Status``."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


def not_past_public_until() -> Q:
    """Return the condition that a post's ``public_until`` has not passed.

    At that time a post goes from *everyone signed in* or *public web* back to *course*, by this
    condition in the query and not by a job.
    """
    return Q(public_until=None) | Q(public_until__gt=timezone.now())


@models.ForeignKey.register_lookup
class NotIn(RelatedIn):
    """The lookup ``prompt__not_in``, false where there is no prompt.

    On the way from a work to the posts that cite it, ``~Q(prompt__in=…)`` would ask that no such
    post has the prompt, instead of asking for a post that has another one.
    """

    lookup_name = "not_in"

    def as_sql(self, compiler, connection):
        sql, params = super().as_sql(compiler, connection)
        return f"NOT ({sql})", params


def gate_rules(reader) -> Q:
    """Return the condition that a post does not wait for the reader's own: ``gated_prompts``."""
    gated = reader.gated_prompts if reader.is_authenticated else frozenset()
    return Q(prompt=None) | Q(prompt__not_in=sorted(gated)) if gated else Q()


def audience_rules(reader) -> Q:
    """Return the condition that a reader is in the audience of a published post.

    Whoever is kept from it by a gate is not in it, however wide it is.
    """
    if not reader.is_authenticated:
        return Q(audience=Audience.PUBLIC) & not_past_public_until()
    memberships = reader.memberships_now
    teaching = [m.course_id for m in memberships if m.teaches]
    pods = [m.pod_id for m in memberships if m.pod_id]
    rules = Q(audience__gte=Audience.SIGNED_IN) & not_past_public_until()
    # What cannot hold for this reader is left out: each condition costs every query of theirs.
    if memberships:
        member = [m.course_id for m in memberships]
        rules |= Q(audience__gte=Audience.COURSE, course__in=member)
    if pods:
        rules |= Q(audience=Audience.POD, pod__in=pods)
    if teaching:
        rules |= Q(audience__gte=Audience.INSTRUCTORS, course__in=teaching)
    return rules & gate_rules(reader)


def visibility_rules(reader) -> Q:
    """Return the condition that a reader can see a post; nothing else decides this."""
    not_deleted = Q(deleted_at=None)
    published = Q(status=PostStatus.PUBLISHED, hidden_at=None) & audience_rules(reader)
    memberships = reader.memberships_now if reader.is_authenticated else []
    if not memberships:
        return not_deleted & published
    visible = Q(author=reader, course__in=[m.course_id for m in memberships]) | published
    teaching = [m.course_id for m in memberships if m.teaches]
    if teaching:
        withdrawn = Q(status=PostStatus.WITHDRAWN)
        hidden = Q(status=PostStatus.PUBLISHED, hidden_at__isnull=False)
        of_team = Q(audience__gte=Audience.INSTRUCTORS, course__in=teaching)
        visible |= (withdrawn | hidden) & of_team
    return not_deleted & visible


def visibility_rules_in(course, reader) -> Q:
    """Return ``visibility_rules`` for the posts of one course, as a condition on these alone.

    The same rule without what its course has decided already: membership, team and pod are known,
    and a post that is open to more people than the course is open to the course. Most of what a
    list costs is the making of conditions, so those that cannot matter are left out.
    """
    membership = reader.membership_in(course) if reader.is_authenticated else None
    if membership is None:
        return visibility_rules(reader)
    in_audience = _audience_of_member(membership, reader)
    if membership.teaches:
        seen = Q(in_audience, status__in=(PostStatus.PUBLISHED, PostStatus.WITHDRAWN))
    else:
        seen = Q(in_audience, status=PostStatus.PUBLISHED, hidden_at=None)
    return Q(deleted_at=None) & (Q(author=reader) | seen)


def audience_rules_in(course, reader) -> Q:
    """Return ``audience_rules`` for the posts of one course, as ``visibility_rules_in`` does."""
    membership = reader.membership_in(course) if reader.is_authenticated else None
    if membership is None:
        return audience_rules(reader)
    return _audience_of_member(membership, reader)


def _audience_of_member(membership, reader) -> Q:
    if membership.teaches:
        return Q(audience__gte=Audience.INSTRUCTORS)
    audience = Q(audience__gte=Audience.COURSE)
    if membership.pod_id:
        audience |= Q(audience=Audience.POD, pod=membership.pod_id)
    return audience & gate_rules(reader)


def course_rules() -> Q:
    """Return the condition that everybody in its course can read a post now."""
    return Q(
        status=PostStatus.PUBLISHED,
        deleted_at=None,
        hidden_at=None,
        audience__gte=Audience.COURSE,
    )


def of_post(rules: Q, path: str = "post") -> Q:
    """Return a condition on posts as one on rows that ``path`` leads from to a post.

    A subquery would say the same, but databases evaluate it for every post of the site.
    """
    children: list = [_from_path(child, path) for child in rules.children]
    return Q(*children, _connector=rules.connector, _negated=rules.negated)


def _from_path(part: Any, path: str) -> Any:
    """Return a part of a condition, with the names of its fields prefixed."""
    if isinstance(part, Q):
        return of_post(part, path)
    if isinstance(part, F):
        return F(f"{path}__{part.name}")  # type: ignore[attr-defined]
    if isinstance(part, tuple):
        return (f"{path}__{part[0]}", part[1])
    expression = part.copy()
    expression.set_source_expressions(
        [_from_path(source, path) for source in part.get_source_expressions()]
    )
    return expression
