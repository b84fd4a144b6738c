"""Questions to networks for the pictures of pages: in the demo nobody asks anything."""

from django.urls import reverse

from blog.models import Course, Post, User
from network.actions import ask_network
from network.models import Question
from network.queries.questions import people_to_ask, posts_to_ask_about, questions_to


def question_places(me: User, course: Course) -> dict[str, str]:
    """Return the pages of who asks; of those who are asked, where they see a question to them."""
    [post, *_others] = posts_to_ask_about(me, course)
    to_me = question_to(me, course)
    return {
        "question_new": reverse("question_new", args=[course.slug, post.slug]),
        "post_page with a question": to_me.comment_address.partition("#")[0],
        "question_edit": reverse("question_edit", args=[course.slug, closed(me, post).pk]),
    }


def question_to(me: User, course: Course):
    """Return a question to somebody, on the newest post about which they can be asked."""
    if not questions_to(me, course):
        for post in Post.objects.published().exclude(author=me).order_by("-published_at"):
            people = [one.person.pk for one in people_to_ask(post, post.author)]
            if me.pk in people:
                text = "I end with a doubt. What would have to happen for you to change your mind?"
                ask_network(post, by=post.author, text=text, people=people)
                break
    return questions_to(me, course)[0]


def closed(me: User, post: Post) -> Question:
    """Return a question of somebody that they closed long ago, so that they can ask another."""
    text = "Which of these two readings would you have chosen?"
    times = {"created_at": post.published_at, "closed_at": post.published_at}
    return Question.objects.get_or_create(
        course=post.course, author=me, post=post, defaults={"text": text, **times}
    )[0]
