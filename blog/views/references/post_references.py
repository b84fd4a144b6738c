"""The references of a post as a file, and a post as a reference of another."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from blog import access
from blog.actions.references import cite_post
from blog.exceptions import Refused
from blog.forms.references.bibliography import PostChoiceForm
from blog.queries.bibliography import own_posts
from blog.views.posts.post import visible_post
from blog.web.decorators import in_course
from blog.web.downloads import as_file
from blog.web.forms import status_of


@in_course
@require_safe
def post_references(request, course, slug, ending):
    """Download the references of a published post, under its own keys."""
    post = visible_post(request, course, slug)
    if post.revision is None:
        raise Http404
    records = [entry["csl"] | {"id": entry["key"]} for entry in post.revision.references]
    return as_file(records, ending, f"{post.slug}-references")


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def post_cite(request, course, slug):
    """Add a post of the course to the references of one's own."""
    post = visible_post(request, course, slug)
    if not access.can_cite_post(request.user, post):
        raise PermissionDenied
    own = own_posts(request.user, course).exclude(pk=post.pk)
    form = PostChoiceForm(request.POST or None, posts=own)
    if form.is_valid():
        onto = form.cleaned_data["post"]
        url = settings.SITE_URL + post.get_absolute_url()
        try:
            reference = cite_post(post, by=request.user, onto=onto, url=url)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            context = {
                "reference": reference,
                "work": reference.work,
                "post": onto,
                "course": course,
            }
            messages.success(
                request, render_to_string("blog/references/_added.html", context, request)
            )
            return redirect(post)
    context = {"post": post, "form": form}
    return render(request, "blog/references/post_cite.html", context, status=status_of(form))
