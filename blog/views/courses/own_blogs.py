"""The blogs that members have connected, for instructors: their state, and the switch."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.actions.own_blogs import allow_own_blogs, stop_blog
from blog.models import OwnBlog
from blog.queries.own_blogs import blogs_of
from blog.web.decorators import in_course, instructors_only


@in_course
@require_safe
@instructors_only
def own_blog_list(request, course):
    """List the blogs, those first that cannot be read."""
    return render(request, "blog/courses/own_blog_list.html", {"blogs": blogs_of(course)})


@in_course
@require_POST
@instructors_only
def own_blogs_allow(request, course):
    allow_own_blogs(course, by=request.user, is_allowed=True)
    messages.success(request, _("Members can connect their own blogs now."))
    return redirect("own_blog_list", course.slug)


@in_course
@require_POST
@instructors_only
def own_blogs_disallow(request, course):
    allow_own_blogs(course, by=request.user, is_allowed=False)
    messages.success(
        request, _("This site reads no blogs of members now. Posts that came from them stay.")
    )
    return redirect("own_blog_list", course.slug)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
@instructors_only
def blog_end(request, course, pk):
    """Stop the blog of a member, whose posts stay."""
    blog = get_object_or_404(
        OwnBlog.objects.filter(course=course).select_related("person", "course"), pk=pk
    )
    if request.method != "POST":
        return render(request, "blog/courses/blog_end.html", {"blog": blog})
    stop_blog(blog, by=request.user)
    messages.success(request, _("Stopped. Its owner gets an email that says so."))
    return redirect("own_blog_list", course.slug)
