"""Possible addressees, audiences and readers of a comment."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Case, Q, When

from blog.models import Audience, Comment, Membership, Post, User, name_for, shown_name


def possible_addressees(comment: Comment, reader: User):
    """Return the people a comment can address: the post's author, and who has commented on it.

    Who takes part in the comment's own thread comes first, and the post's author. Nobody learns
    of a comment that they cannot see: its author is not among them.
    """
    visible = Comment.objects.on(comment.post).visible_to(reader).open()
    rows = {
        pk: (parent, author) for pk, parent, author in visible.values_list("pk", "parent", "author")
    }
    top = _top_of(comment.pk, rows | {comment.pk: (comment.parent_id, None)})
    first = {author for pk, (_parent, author) in rows.items() if _top_of(pk, rows) == top}
    first.add(comment.post.author_id)
    people = (
        User.objects.filter(
            pk__in={comment.post.author_id, *(author for _, author in rows.values())} - {None}
        )
        .filter(memberships__course=comment.post.course_id)
        .annotate(is_elsewhere=Case(When(pk__in=first - {None}, then=0), default=1))
        .order_by("is_elsewhere", shown_name(), "pk")
    )
    return people.exclude(pk=comment.author_id) if comment.author_id else people


def _top_of(pk: int, rows: dict) -> int:
    """Return the uppermost comment above one, as far as ``rows`` have the parents."""
    while (parent := rows[pk][0]) in rows:
        pk = parent
    return pk


def comments_for_others(post: Post, comments: Sequence[Comment]) -> set[int]:
    """Return the keys of comments that could be for someone else than they are for now.

    ``comments`` are all that a reader sees under the post. It asks the database for nothing, and
    says for each of them what ``possible_addressees`` would.
    """
    people = {post.author_id, *(comment.author_id for comment in comments if comment.is_open)}
    people.discard(None)
    if len(people) > 2:  # then there is somebody besides its author and whom it is for
        return {comment.pk for comment in comments}
    return {
        comment.pk for comment in comments if people - {comment.author_id, comment.addressee_id}
    }


def widest_audience(
    post: Post, parent: Comment | None = None, comment: Comment | None = None
) -> int:
    """Return the widest audience of a comment: never wider than its parent or the post.

    A ``comment`` that is edited may stay as wide as its writer chose while the post was wider: who
    cannot see the post does not see it either, and it counts again where the post is wide again.
    """
    widest = Comment.Audience.READERS
    chosen = comment.audience if comment else widest
    if post.audience_now >= Audience.SIGNED_IN or chosen > widest:
        widest = Comment.Audience.EVERYONE
    return min(widest, parent.audience) if parent else widest


def names_to_mention(reader: User, post: Post, parent: Comment | None = None) -> list[str]:
    """Return the names of who else can read a comment here, sorted.

    They are those by which ``reader`` knows them, but the typed text is read by classmates: whose
    name is withheld from these has the neutral one here, for the teaching team too. A mention is no
    more than words: an @ and one of these names, as in "@Ada Lovelace". Names that two people have
    end in their usernames, "@Ada Lovelace (ada2)". So a program finds who is mentioned: after each
    @ that follows no letter, the longest of the names that its writer knew
    (``blog.queries.mentions``).
    """
    return sorted(people_to_mention(reader, post, parent))


def people_to_mention(reader: User, post: Post, parent: Comment | None = None) -> dict[str, User]:
    """Return by those names who has them."""
    members = [member for member in members_who_see(post, parent) if member.user_id != reader.pk]
    people = [member.user for member in members]
    names = {
        member.user_id: member.user.neutral_name
        if member.is_confidential
        else name_for(member.user, reader)
        for member in members
    }
    taken = Counter(names.values())
    return {
        name if taken[name] == 1 else f"{name} ({person.username})": person
        for person in people
        for name in [names[person.pk]]
    }


def members_who_see(post: Post, parent: Comment | None = None) -> list[Membership]:
    """Return the members who see a post and, for a reply, the comment that it replies to."""
    members = Membership.objects.in_course(post.course).active().select_related("user")
    if post.prompt and post.prompt.own_post_first:
        members = members.exclude(_is_gated(post))
    is_for_all = parent is None or parent.audience >= Comment.Audience.READERS
    if post.is_open_to_course and is_for_all:
        return list(members)
    # Whoever is not among these is in no narrower audience: the rule is asked about a few.
    concerned = [post.author_id, *([parent.author_id] if parent else [])]
    few = Q(role__in=Membership.TEACHING) | Q(user__in=concerned)
    if post.pod_id:
        few |= Q(pod=post.pod_id)
    return _who_see(list(members.filter(few)), post, parent)


def _is_gated(post: Post) -> Q:
    """Return the condition that a member does not see the posts of others for a post's prompt."""
    published = Post.objects.opening_gates().answering(post.prompt).values("author")
    return Q(role=Membership.Role.STUDENT) & ~Q(user__in=published)


def _who_see(members: list[Membership], post: Post, parent: Comment | None) -> list[Membership]:
    """Return those of some members who see a post, and the comment on it if there is one."""
    posts = Post.objects.filter(pk=post.pk)
    comments = Comment.objects.filter(pk=parent.pk) if parent else None
    return [
        member
        for member in members
        if posts.visible_to(member.user).exists()
        and (comments is None or comments.visible_to(member.user).exists())
    ]
