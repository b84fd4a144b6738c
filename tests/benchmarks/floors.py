"""Addresses of the site and of two pages to compare with: an empty view, and a plain Django page.

Both are signed in and behind the whole middleware. The plain page has a post and its comments by
one flat template, as few queries as that takes, and nothing else.
"""

from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

from plnsite.urls import urlpatterns as site

FLAT = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ post.title }}</title>
</head><body><header><a href="/">Home</a> {{ user.display_name }}</header><main><article>
<h1>{{ post.title }}</h1><p>{{ post.author.display_name }}, {{ post.published_at|date:"j M Y, H:i" }}</p>
{{ post.revision.html|safe }}</article><section><h2>Comments</h2><ol>{% for comment in comments %}
<li id="c{{ comment.pk }}"><article><p><a href="{% url "person_page" slug comment.author.username %}">
{{ comment.author.display_name }}</a> <a href="#c{{ comment.pk }}">
<time datetime="{{ comment.created_at|date:"c" }}">{{ comment.created_at|date:"D j M, H:i" }}</time></a></p>
{{ comment.html|safe }}<p><a href="{% url "comment_reply" slug comment.pk %}">Reply</a>
<a href="{% url "comment_page" slug comment.pk %}">Copy link</a></p></article></li>{% endfor %}
</ol></section></main></body></html>"""  # noqa: E501
template = Engine().from_string(FLAT)


def empty(request):
    return HttpResponse(f"<!DOCTYPE html><title>{request.user.pk}</title>")


def plain(request, pk):
    from blog.models import Post

    post = Post.objects.select_related("author", "revision", "course").get(pk=pk)
    comments = post.comments.select_related("author").order_by("created_at", "pk")
    values = {
        "post": post,
        "comments": comments,
        "user": request.user,
        "slug": post.course.slug,
    }
    return HttpResponse(template.render(Context(values)))


urlpatterns = [path("empty/", empty), path("plain/<int:pk>/", plain), *site]
