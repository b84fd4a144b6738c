"""Feeds at the secret address of one reader, which no page leads to but their own."""

from django.urls import reverse

from blog.models import FeedAddress, Post


def own_feeds(person, course):
    """Return the addresses of a reader's calendar and feeds, each with its name."""
    if person is None:
        return {}
    own, _is_new = FeedAddress.objects.get_or_create(
        user=person, defaults={"posts_token": f"feeds-of-{person.username}"}
    )
    place = [own.posts_token, course.slug]
    usernames = course.memberships.values_list("user__username", flat=True)
    slugs = Post.objects.values_list("slug", flat=True)
    return {
        reverse("calendar_feed", args=[own.token]): "calendar_feed",
        reverse("secret_course_feed", args=place): "secret_course_feed",
        **{
            reverse("secret_person_feed", args=[*place, name]): "secret_person_feed"
            for name in usernames
        },
        **{
            reverse("secret_comment_feed", args=[*place, slug]): "secret_comment_feed"
            for slug in slugs
        },
    }
