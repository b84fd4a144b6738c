"""The simulated course keeps the promise of the rota: nearly every post has a comment in time."""

import pytest
from django.utils import timezone

from blog.models import Comment, Post
from blog.queries.rota import first_comments_missing
from tests import factories
from tests.blog.rota.simulation import SEEDS, STUDENTS, share_with_comment, simulate
from tests.long import few_of


@pytest.mark.slow
@pytest.mark.parametrize("seeds", few_of([SEEDS[::5], SEEDS], 2), ids=len)
def test_nearly_every_post_has_a_comment_and_the_others_are_on_the_instructors_list(
    course, prompt, instructor, seeds
):
    """One class in the database has in turn the comments of each run that leaves a post alone."""
    runs = [simulate(seed) for seed in seeds]
    assert share_with_comment(runs) >= 0.97

    people = [factories.make_user(f"Student {number}") for number in range(STUDENTS)]
    for person in people:
        factories.add_member(course, person)
    posts = [factories.make_post(person, course, prompt=prompt) for person in people]

    left_alone = [run for run in runs if run.with_comment != run.published]
    for run in runs[:5] + left_alone:
        publish_only(posts, run)
        replace_comments(people, posts, run)

        missing = {post.pk for post in first_comments_missing(instructor, [prompt])}

        assert missing == {posts[key].pk for key in run.published - run.with_comment}


def publish_only(posts, run):
    published = [posts[student].pk for student in run.published]
    every = Post.objects.all()
    every.exclude(pk__in=published).update(status=Post.Status.WITHDRAWN)
    every.filter(pk__in=published).update(status=Post.Status.PUBLISHED)


def replace_comments(people, posts, run):
    Comment.objects.all().delete()
    Comment.objects.bulk_create(
        Comment(
            post=posts[pair.post],
            author=people[pair.reader],
            text="A thought.",
            html="<p>A thought.</p>",
            renderer=1,
            day=timezone.now().date(),
        )
        for pair in run.commented
    )
