"""What the page of a post need not ask, learned in the query that reads the post.

Most posts are cited by none, and have no note on how they came about and no draft beside them;
most courses have no rota that runs. To find that out took a query each.
"""

from typing import Any

from django.db.models import BooleanField, DateTimeField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from blog.models import User
from blog.models.people import UNPRINTED_FIELDS
from blog.models.posts import PostQuerySet
from blog.models.prompt_dates import ONE_MINUTE

# Written as SQL because Django takes longer to write it than a database to answer it. What of it a
# reader sees is decided where it is asked for: nothing of this is printed.
SIGNS = {
    "is_cited": """
        EXISTS(SELECT 1 FROM blog_work WHERE blog_work.post_id = blog_post.id)
        OR EXISTS(SELECT 1 FROM blog_postlink WHERE blog_postlink.linked_id = blog_post.id)
    """,
    "has_process": """
        EXISTS(SELECT 1 FROM blog_processnote WHERE blog_processnote.post_id = blog_post.id)
        OR EXISTS(SELECT 1 FROM blog_helpstatement WHERE blog_helpstatement.post_id = blog_post.id)
    """,
    "has_drafts": """
        EXISTS(SELECT 1 FROM blog_draft
            WHERE blog_draft.post_id = blog_post.id AND blog_draft.user_id = %s)
    """,
    "has_rota": """
        EXISTS(SELECT 1 FROM blog_prompt AS with_rota
            WHERE with_rota.course_id = blog_post.course_id AND with_rota.rota <> ''
                AND with_rota.comments_due_at >= %s)
    """,
    "is_author_here": """
        EXISTS(SELECT 1 FROM blog_membership
            WHERE blog_membership.course_id = blog_post.course_id
                AND blog_membership.user_id = blog_post.author_id
                AND blog_membership.ended_at IS NULL)
    """,
    "last_visit": """
        SELECT seen_at FROM blog_seencomments
        WHERE blog_seencomments.post_id = blog_post.id AND blog_seencomments.user_id = %s
    """,
}
UNUSED = (
    "left_open",
    "prompt__question",
    "prompt__question_html",
    *(f"author__{name}" for name in UNPRINTED_FIELDS),
)


def for_post_page(posts: PostQuerySet, reader: User) -> PostQuerySet:
    """Return posts with all that the page of one prints for its reader, but for their course.

    ``is_cited``, ``has_process``, ``has_drafts`` and ``has_rota`` say where it is worth asking
    ``citing_posts``, ``process_of``, ``drafts_at`` and ``running_rotas``. ``last_visit`` is the
    reader's to the comments, and ``is_author_here`` whether the author is a member now.
    """
    values: dict[str, list[Any]] = {
        "has_drafts": [reader.pk],
        "has_rota": [timezone.now() - ONE_MINUTE],
        "last_visit": [reader.pk],
    }
    signs = {
        name: RawSQL(
            sql, values.get(name, []), DateTimeField() if name == "last_visit" else BooleanField()
        )
        for name, sql in SIGNS.items()
    }
    with_parts = posts.select_related("author", "revision", "prompt", "pod").defer(*UNUSED)
    return with_parts.with_extensions().annotate(**signs)
