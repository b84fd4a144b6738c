"""Comments on a post that a reader has seen."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from blog.actions.seen_comments import mark_comments_seen
from blog.views.posts.post import visible_post
from blog.web.decorators import in_course
from blog.web.times import read_moment


@in_course
@require_POST
def comments_seen(request, course, slug):
    """Record that the reader has seen the comments that their page showed."""
    post = visible_post(request, course, slug)
    until = read_moment(request.POST.get("until", ""))
    mark_comments_seen(post, by=request.user, until=until)
    return redirect(f"{post.get_absolute_url()}#talk-h")
