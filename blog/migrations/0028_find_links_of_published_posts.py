from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations
from django.db.models import Q
from django.http.request import validate_host

from blog.text.post_addresses import post_addresses


def is_own_host(host):
    own = urlsplit(settings.SITE_URL).hostname
    return host == own or validate_host(host, settings.ALLOWED_HOSTS)


def find_links(apps, schema_editor):
    """Find the links between posts in the texts that are published already."""
    Post = apps.get_model("blog", "Post")
    PostLink = apps.get_model("blog", "PostLink")
    may_link = Q(revision__html__contains="/posts/") | Q(revision__html__contains="/p/")
    posts = Post.objects.filter(may_link).select_related("revision", "course").order_by("pk")
    for post in posts.iterator(chunk_size=200):
        slugs, keys = post_addresses(post.revision.html, post.course.slug, is_own_host)
        others = Post.objects.filter(course=post.course_id).exclude(pk=post.pk)
        linked = others.filter(Q(slug__in=slugs) | Q(pk__in=keys)).values_list("pk", flat=True)
        PostLink.objects.bulk_create(
            [PostLink(post=post, linked_id=key) for key in linked], ignore_conflicts=True
        )


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0027_posts_know_the_posts_they_link_to"),
    ]

    operations = [
        migrations.RunPython(find_links, migrations.RunPython.noop, elidable=True),
    ]
