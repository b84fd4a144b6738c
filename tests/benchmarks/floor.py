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

PLAIN_POST = """<!doctype html><html lang="en">
<head><meta charset="utf-8"><title>{{ post.title }}</title></head><body>
<header><a href="/">Home</a> {{ user.display_name }}</header><main><article>
<h1>{{ post.title }}</h1><p>{{ post.author.display_name }},
<time datetime="{{ post.published_at|date:"c" }}">{{ post.published_at|date }}</time></p>
{{ post.revision.html|safe }}</article><h2>Comments</h2><ol>
{% for comment in comments %}<li id="c{{ comment.pk }}"><p>
<a href="{% url "person_page" post.course.slug comment.author.username %}">
{{ comment.author.display_name }}</a> <a href="#c{{ comment.pk }}">
<time datetime="{{ comment.created_at|date:"c" }}">{{ comment.created_at|date:"D j M, H:i" }}</time>
</a></p>{{ comment.html|safe }}<p>
<a href="{% url "comment_reply" post.course.slug comment.pk %}">Reply</a>
<a href="{% url "comment_page" post.course.slug comment.pk %}">Link</a></p></li>{% endfor %}
</ol></main></body></html>"""

plain_page = Engine(autoescape=True).from_string(PLAIN)
plain_post_page = Engine(autoescape=True).from_string(PLAIN_POST)


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


def plain_post(request, pk):
    """Show a post and its comments likewise: two queries with joins, and one flat template."""
    from blog.models import Post

    post = Post.objects.select_related("author", "revision", "course").get(pk=pk)
    comments = post.comments.select_related("author").order_by("created_at", "pk")
    context = Context({"post": post, "comments": comments, "user": request.user})
    return HttpResponse(plain_post_page.render(context))


urlpatterns = [
    path("floor/empty/", empty),
    path("floor/plain/<slug:course>/", plain),
    path("floor/post/<int:pk>/", plain_post),
    path("", include("plnsite.urls")),
]
