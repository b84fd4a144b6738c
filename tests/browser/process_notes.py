"""Process notes for the pictures of pages: in the demo nobody has one."""

from datetime import timedelta

from blog.actions.process_notes import save_process_note
from blog.models import DraftSnapshot, HelpStatement, Post, ProcessMoment, ProcessNote


def tell_how(post: Post) -> Post:
    """Return a post whose author tells how it came about; in the demo nobody does."""
    if ProcessNote.objects.filter(post=post).exists():
        return post
    paragraphs = post.revision.text.split("\n\n")
    note = ProcessNote(post=post, text="I began with what annoyed me, and ended with a question.")
    moments = []
    for number, why in enumerate(("A start, before I had read anything.", "Now with a source."), 1):
        at = post.published_at - timedelta(days=3 - number)
        text = "\n\n".join(paragraphs[: 2 * number])
        fields = {"title": post.title, "text": text, "created_at": at}
        snapshot = DraftSnapshot.objects.create(user=post.author, post=post, **fields)
        moments.append(
            ProcessMoment(
                source=f"snapshot-{snapshot.pk}",
                title=post.title,
                text=text,
                words=len(text.split()),
                written_at=at,
                explanation=why,
            )
        )
    statement = HelpStatement(post=post, people="My pod asked what I mean by “ties”.")
    save_process_note(note, moments, statement, by=post.author)
    return post
