"""Posts as readers see them, and what their author may do with them."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from blog import access
from blog.forms.comments.comment import NewCommentForm
from blog.models import Audience, CommentTarget, Post
from blog.queries.citing_posts import citing_posts
from blog.queries.comment_history import with_public_history
from blog.queries.comment_uses import show_uses
from blog.queries.comments import comments_for_others
from blog.queries.feedback import feedback_on_post
from blog.queries.feedback_replies import reply_of
from blog.queries.moderation import attach_case_notes
from blog.queries.new_comments import new_comments
from blog.queries.passages import text_with_passages
from blog.queries.post_page import post_by_address, post_of_page, thread_of_page
from blog.queries.process_notes import process_of
from blog.queries.reference_status import reference_list
from blog.queries.revisions import changed_since_grading, revision_at_due_date
from blog.queries.waiting_posts import next_post_to_comment_on
from blog.templatetags.citations import citation_of
from blog.text.threads import lay_out, mark_new
from blog.views.comments.addressee import addressee_offer
from blog.views.comments.composer import composer
from blog.views.comments.guest_composer import guest_composer
from blog.web.compression import same_for_visitors
from blog.web.decorators import in_course
from blog.web.languages import speak_in_course


@in_course
@require_safe
def post_page(request, course, slug):
    post = post_of_page(request.user, course, slug)
    if post is None:
        raise Http404
    if post.is_draft:
        return redirect("post_edit", course.slug, post.slug)
    return show_post(request, post)


def show_post(request, post, form=None, *, status=200):
    """Render a post with its comments; ``form`` is a comment form that was refused."""
    comments = thread_of_page(request.user, post)
    prefetch_related_objects([c for c in comments if c.addressee_corrected], "addressee")
    show_uses(request.user, post, comments)
    attach_case_notes(request.user, post, comments)
    undone = {c.pk for c in comments if _offers_undo(request, c)}
    threads = lay_out(comments, keep=undone)
    arrived = new_comments(request.user, post, comments)
    first_new = mark_new(threads, arrived.new, arrived.later)
    grade = feedback_on_post(request.user, post)
    can_comment = access.can_comment(request.user, post)
    composer_context = {}
    if form is not None or can_comment:
        composer_context = composer(request, CommentTarget(post), _new_comment_on(post), form)
    return render(
        request,
        "blog/posts/post_page.html",
        {
            **composer_context,
            "post": post,
            "text": text_with_passages(post, comments, request.user, can_comment=can_comment),
            "references": reference_list(post.revision),
            "citing": citing_posts(request.user, post),
            "citation": citation_of({"request": request, "user": request.user}, post),
            "process": process_of(post, request.user),
            "threads": threads,
            "new_comments": arrived,
            "first_new": first_new,
            "undone": undone,
            "next_post": next_post_to_comment_on(request.user, post) if can_comment else None,
            "for_others": comments_for_others(post, comments),
            "addressee_offer": addressee_offer(request, comments),
            "grade": grade,
            "reply": reply_of(request.user, post.prompt, request.user) if grade else None,
            "changed": changed_since_grading(post, grade.grading) if grade else None,
            "is_late": post.is_late,
            "at_due": _version_at_due_date(request.user, post),
            "shown_due_at": _due_date_for(request.user, post),
            **(_of_author(post) if post.author_id == request.user.pk else {}),
        },
        status=status,
    )


def _due_date_for(reader, post):
    """Return when a post was due; an extension shows to its author and the teaching team alone."""
    if reader.pk == post.author_id or access.can_grade(reader, post.course):
        return post.due_at
    return post.prompt and post.prompt.due_at


def _version_at_due_date(reader, post):
    """Return the version that stood at the due date, for the teaching team, if it changed since."""
    can_see = access.can_grade(reader, post.course) and reader.pk != post.author_id
    return revision_at_due_date(post) if can_see else None


def _of_author(post) -> dict:
    """Return an author's other work beside a post: changes in a draft, and a post in its place."""
    drafts = post.drafts.of_posts().current().by(post.author)
    instead = None
    if post.is_withdrawn and post.prompt:
        others = Post.objects.active().by(post.author).select_related("course")
        instead = others.answering(post.prompt).first()
    return {"instead": instead, "has_draft": post.has_drafts and drafts.exists()}


@login_not_required
@require_safe
@same_for_visitors
def post_public(request, pk, slug):
    """Show a post to people outside the course: its author's public name, no course, no classmates.

    A stranger who may not read it is asked to sign in whether it exists or not, so that the
    address reveals nothing.
    """
    post = public_post(request.user, pk)
    if post is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404
    if slug != post.slug:
        return redirect("post_public", pk, post.slug)
    speak_in_course(request, post.course)
    return show_public_post(request, post)


def public_post(reader, pk):
    """Return a post that a reader can see beyond its course, or None."""
    posts = Post.objects.beyond_course().visible_to(reader)
    return posts.for_page().filter(pk=pk).first()


def show_public_post(request, post, form=None, *, status=200):
    """Render the public page of a post; ``form`` is a guest's that was refused."""
    shown = post.comments.for_member(request.user, post.course).on_public_page()
    comments = list(with_public_history(shown.for_thread()))
    is_indexed = post.audience == Audience.PUBLIC
    response = render(
        request,
        "blog/posts/post_public.html",
        {
            "post": post,
            "references": reference_list(post.revision),
            "text": text_with_passages(post, comments, request.user),
            "threads": lay_out(comments),
            "is_indexed": is_indexed,
            **guest_composer(request, post, comments, form),
        },
        status=status,
    )
    if not is_indexed:
        response["X-Robots-Tag"] = "noindex"
    return response


def _new_comment_on(post):
    return lambda initial: NewCommentForm(post=post, initial=initial)


def visible_post(request, course, slug):
    post = post_by_address(request.user, course, slug)
    if post is None:
        raise Http404
    return post


def _offers_undo(request, comment) -> bool:
    """Return whether the page offers to undo the deletion of the reader's own comment."""
    return (
        comment.is_deleted
        and comment.author_id == request.user.pk
        and request.GET.get("undo") == str(comment.pk)
    )
