"""The box that takes anything, as tests use it: a text is looked up, and what is found is added."""

from django.urls import reverse
from django.utils.html import strip_tags as striptags


def sign_in(client, user):
    client.force_login(user)
    return client


def page(name, post, *args):
    return reverse(name, args=[post.course.slug, post.slug, *args])


def look_up(client, post, text):
    """Look a text up; return the answer, and what it offers: each source with its entries."""
    answer = client.post(page("reference_look_up", post), {"pasted": text})
    if answer.context["outcome"] is None:
        return answer, None
    return answer, [
        (item.choice.source, [striptags(entry) for entry in item.entries])
        for item in answer.context["found"]
        if item.choice
    ]


def look_up_known(client, post, text):
    """Look up a text that names works of the course."""
    answer = client.post(page("reference_look_up", post), {"pasted": text})
    return answer, [item.entries for item in answer.context["found"] if item.is_known]


def add_found(client, post, item):
    """Send the form of something that was found."""
    return client.post(page("reference_add_found", post), sent_by(item.form))


def sent_by(form):
    return {name: form[name].value() for name in form.fields}
