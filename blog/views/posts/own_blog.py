"""One's own blog elsewhere: found, looked at, connected, stopped; and the posts that come of it."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.blog_entries import change_imported_post
from blog.actions.own_blogs import change_blog, check_blog_now, connect_blog, stop_blog
from blog.exceptions import DuplicatePost, Refused
from blog.forms.posts.own_blog import (
    AudienceForm,
    BlogAddressForm,
    ConnectBlogForm,
    ImportedPostForm,
    StopBlogForm,
    start_of,
)
from blog.lookup.blogs import BlogUnreadable, find_feed
from blog.models import OwnBlog
from blog.queries.own_blogs import (
    entries_of,
    open_prompts,
    own_blog_of,
    preview_of,
    prompts_taken,
)
from blog.templatetags.own_blogs import finding_words
from blog.views.posts.post import visible_post
from blog.web.decorators import in_course
from blog.web.forms import show_refusal, status_of
from blog.web.idempotency import create_once
from blog.web.rate_limits import HOUR, enforce_rate_limit

SEARCHES = 20  # an hour; each asks the web at up to six addresses


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def own_blog(request, course):
    """Show the blog that its owner has connected, or ask for one; a POST finds its feed.

    What is found is shown, and nothing is stored: that takes a second form.
    """
    _require_writer(request, course)
    blog = own_blog_of(request.user, course)
    if blog is not None:
        return _show_blog(request, blog)
    form = BlogAddressForm(request.POST or None)
    if not access.can_connect_blog(request.user, course):
        return _show(request, form=None)
    if not form.is_valid():
        return _show(request, form=form)
    enforce_rate_limit(request, "own_blog", SEARCHES, per=HOUR)
    try:
        found = find_feed(form.cleaned_data["address"])
    except BlogUnreadable as trouble:
        form.add_error("address", finding_words(trouble.problem))
        return _show(request, form=form)
    initial = {
        "feed": found.url,
        "audience": min(course.default_audience, course.widest_audience),
    }
    preview = preview_of(found.feed, found.url, start_of(course))
    return _show(request, form=form, connect=ConnectBlogForm(course=course, initial=initial),
                 preview=preview)  # fmt: skip


@in_course
@require_POST
def own_blog_connect(request, course):
    """Connect the feed that was found."""
    if not access.can_connect_blog(request.user, course):
        raise PermissionDenied
    form = ConnectBlogForm(request.POST, course=course)

    def create() -> str:
        cleaned = form.cleaned_data
        connect_blog(course, by=request.user, feed_url=cleaned["feed"],
                     audience=cleaned["audience"], since=cleaned["since"])  # fmt: skip
        return reverse("own_blog", args=[course.slug])

    try:
        address = create_once(form, f"own_blog {course.pk}", by=request.user, create=create)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("own_blog", course.slug)
    if address is None:
        return _show(request, form=BlogAddressForm(), connect=form)
    messages.success(request, _("Connected. Your entries become posts here within a few minutes."))
    return redirect(address)


@in_course
@require_POST
def own_blog_change(request, course):
    """Choose who sees the posts that come from now on."""
    blog = _own_blog(request, course)
    form = AudienceForm(request.POST, course=course)
    if not form.is_valid():
        return _show_blog(request, blog, form)
    try:
        change_blog(blog, by=request.user, audience=form.cleaned_data["audience"])
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return _show_blog(request, blog, form)
    messages.success(request, _("Saved. Posts that are here already keep their readers."))
    return redirect("own_blog", course.slug)


@in_course
@require_POST
def own_blog_check(request, course):
    """Read the blog within the next minute."""
    blog = _own_blog(request, course)
    enforce_rate_limit(request, "own_blog_check", SEARCHES, per=HOUR)
    check_blog_now(blog, by=request.user)
    messages.success(request, _("This site will read your blog within a minute."))
    return redirect("own_blog", course.slug)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def own_blog_stop(request, course):
    """Ask what becomes of its posts, and stop reading the blog."""
    _require_writer(request, course)
    blog = own_blog_of(request.user, course)
    if blog is None:  # a second click
        return redirect("own_blog", course.slug)
    form = StopBlogForm(request.POST or None)
    if form.is_valid():
        stop_blog(blog, by=request.user, keeps_posts=form.keeps_posts)
        messages.success(request, _("Stopped. This site does not read your blog any more."))
        return redirect("own_blog", course.slug)
    context = {"form": form, "blog": blog}
    return render(request, "blog/posts/own_blog_stop.html", context, status=status_of(form))


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def imported_post_edit(request, course, slug):
    """Choose the prompt and the readers of a post from one's own blog."""
    post = visible_post(request, course, slug)
    if not access.can_edit_post(request.user, post):
        raise PermissionDenied
    if not post.follows_source or not post.is_published:
        return redirect(post)
    prompts = open_prompts(request.user, course)
    if post.prompt is not None and post.prompt not in prompts:
        prompts = [post.prompt, *prompts]
    chosen = {"prompt": post.prompt and post.prompt.number, "audience": post.audience}
    form = ImportedPostForm(
        request.POST or None,
        course=course,
        prompt=post.prompt,
        prompts=prompts,
        taken=prompts_taken(post),
        initial=chosen,
    )
    other = None
    if form.is_valid():
        try:
            change_imported_post(copy(post), by=request.user, **form.cleaned_data)
        except DuplicatePost as refusal:
            other = refusal.post
            form.add_error("prompt", str(refusal))
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(post)
    context = {"form": form, "post": post, "other": other}
    return render(request, "blog/posts/imported_post_edit.html", context, status=status_of(form))


def _require_writer(request, course) -> None:
    if not access.can_see_own_work(request.user, course):
        raise PermissionDenied


def _own_blog(request, course) -> OwnBlog:
    """Return the reader's connected blog, which they can change."""
    _require_writer(request, course)
    blog = own_blog_of(request.user, course)
    if blog is None:
        raise Http404
    if not access.can_change_blog(request.user, blog):
        raise PermissionDenied
    return blog


def _show(request, **context):
    sent = [context[name] for name in ("form", "connect") if context.get(name)]
    return render(request, "blog/posts/own_blog.html", context, status=status_of(*sent))


def _show_blog(request, blog, form=None):
    form = form or AudienceForm(course=blog.course, initial={"audience": blog.audience})
    context = {"blog": blog, "entries": entries_of(blog), "audience_form": form}
    return render(request, "blog/posts/own_blog.html", context, status=status_of(form))
