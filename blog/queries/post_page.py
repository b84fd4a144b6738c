"""What the page of a post need not ask, learned in the query that reads the post.

Most posts are cited by none, and have no note on how they came about and no draft beside them;
most courses have no rota that runs. To find that out took a query each.
"""

from django.db.models import Exists, OuterRef, Q, Subquery, Value

from blog.models import Course, Draft, Membership, PostLink, Prompt, SeenComments, User
from blog.models.posts import PostQuerySet


def for_post_page(posts: PostQuerySet, reader: User, course: Course) -> PostQuerySet:
    """Return posts of a course with all that the page of one prints for its reader.

    ``is_cited``, ``has_process``, ``has_drafts`` and ``has_rota`` say where it is worth asking
    ``citing_posts``, ``process_of``, ``drafts_at`` and ``running_rotas``; what of it the reader
    sees is decided there. ``last_visit`` is the reader's to the comments, and ``is_author_here``
    whether the author is a member now.
    """
    membership = reader.membership_in(course)
    is_student = membership is not None and membership.is_student
    visits = SeenComments.objects.filter(user=reader, post=OuterRef("pk"))
    rotas = Prompt.objects.in_course(course).with_running_rota()
    members = Membership.objects.active().filter(course=course, user=OuterRef("author"))
    return posts.for_page().annotate(
        is_cited=Q(as_work__isnull=False) | Exists(PostLink.objects.filter(linked=OuterRef("pk"))),
        has_process=Q(process_note__isnull=False) | Q(help_statement__isnull=False),
        has_drafts=Exists(Draft.objects.by(reader).filter(post=OuterRef("pk"))),
        has_rota=Exists(rotas) if is_student else Value(False),
        last_visit=Subquery(visits.values("seen_at")),
        is_author_here=Exists(members),
    )
