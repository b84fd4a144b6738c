"""The comments of a post's public page as an Atom feed, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog.models import Audience, Post
from blog.queries.feeds import newest_public_comments
from blog.views.feeds import entries
from blog.views.feeds.atom import CONTENT_TYPE, Feed, as_atom
from blog.web.feeds import as_feed


@login_not_required
@require_safe
def post_public_comments(request, pk, slug):
    """Send the comments that a post's public page shows, under public names.

    A post that is not public is not found, whether there is one or not.
    """
    posts = Post.objects.beyond_course().visible_to(request.user).filter(audience=Audience.PUBLIC)
    post = get_object_or_404(posts.select_related("revision"), pk=pk)
    if slug != post.slug:
        return redirect("post_public_comments", pk, post.slug)
    feed = Feed(
        entries.tag_of("public-comments", post.pk, post.published_at),
        _("Comments on “%(title)s”") % {"title": post.revision.title},
        entries.whole(reverse("post_public", args=[post.pk, post.slug])),
        entries.whole(request.path),
        post.published_at,
    )
    found = newest_public_comments(request.user, post)
    body = as_atom(feed, [entries.public_comment_entry(one, post) for one in found])
    return as_feed(request, body, CONTENT_TYPE)
