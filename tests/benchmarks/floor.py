"""What pages are measured against: an empty view and a plain Django page, behind one middleware."""

from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import include, path

POSTS_LISTED = 10

PLAIN = """<!doctype html><html lang="en">
<head><meta charset="utf-8"><title>Posts</title></head><body>
<header><a href="/">Home</a> {{ user.display_name }}</header><main><h1>Posts</h1><ul>
{% for post in posts %}<li><h2>
<a href="{% url "post_page" post.course.slug post.slug %}">{{ post.title }}</a></h2>
<p>{{ post.author.display_name }},
<time datetime="{{ post.published_at|date:"c" }}">{{ post.published_at|date }}</time>
</p><p>{{ post.revision.excerpt }}</p></li>{% endfor %}
</ul></main></body></html>"""

plain_page = Engine(autoescape=True).from_string(PLAIN)


def empty(request):
    """Answer with nothing, to somebody who is signed in."""
    assert request.user.is_authenticated
    return HttpResponse("")


def plain(request, course):
    """List ten posts as a Django tutorial would: one query with joins, no rule of who sees what."""
    from blog.models import Post

    posts = (
        Post.objects.filter(course__slug=course, status="published")
        .select_related("author", "course", "revision")
        .order_by("-published_at")[:POSTS_LISTED]
    )
    return HttpResponse(plain_page.render(Context({"posts": posts, "user": request.user})))


urlpatterns = [
    path("floor/empty/", empty),
    path("floor/plain/<slug:course>/", plain),
    path("", include("plnsite.urls")),
]
