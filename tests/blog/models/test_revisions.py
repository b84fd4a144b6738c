"""Published revisions, rendered again."""

from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Audience, Revision
from tests import factories


def publish(post, *, by=None, title="Weak ties", text="They carry news.", **fields):
    fields.setdefault("audience", Audience.COURSE)
    return publish_post(post, by=by or post.author, title=title, text=text, **fields)


def test_rerender_repairs_what_is_shown_and_nothing_else(ada, course):
    post = start_post(course, by=ada)
    factories.make_reference(post)
    revision = publish(post, text="News [@granovetter1973].")
    shown = (revision.html, revision.references, revision.words)
    Revision.objects.update(html="<p>old</p>", renderer=0, words=99)

    changed = Revision.objects.get().rerender()
    again = Revision.objects.get().rerender()

    revision.refresh_from_db()
    assert (changed, again) == (True, False)
    assert (revision.html, revision.references, revision.words) == shown
