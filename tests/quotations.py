"""Words of a post that are stored beside its versions: quoted in comments, shown as moments."""

from django.utils import timezone

from blog.models import Draft, Passage, ProcessMoment, ProcessNote
from blog.text.passages import Place, quote
from blog.text.passages import read as read_words
from tests import factories


def passage_of(comment, revision, words, *, before=0):
    """Put a comment on words of a version, with so many signs before them."""
    text = read_words(revision.html).text
    start = text.index(words) - before
    place = Place(start, text.index(words) + len(words))
    quotation = quote(text, place)
    passage = Passage.objects.create(
        comment=comment,
        revision=revision,
        exact=quotation.exact,
        prefix=quotation.prefix,
        suffix=quotation.suffix,
        start=place.start,
        end=place.end,
    )
    Passage.objects.find_again(revision.post)
    passage.refresh_from_db()
    return passage


def quote_everywhere(post, person, words, text):
    """Quote words of a post's version in a comment and in one that is typed; show an early text."""
    text_of_version = read_words(post.revision.html).text
    passage_of(factories.make_comment(person, post), post.revision, words)
    start = text_of_version.index(words)
    quotation = quote(text_of_version, Place(start, start + len(words)))
    Draft.objects.create(
        user=person,
        post=post,
        kind=Draft.Kind.COMMENT,
        text="What about this?",
        passage={
            "revision": post.revision.number,
            "quotation": quotation.exact,
            "prefix": quotation.prefix,
            "suffix": quotation.suffix,
            "signs_before": len("".join(text_of_version[:start].split())),
        },
    )
    note = ProcessNote.objects.create(post=post, text="How it came about.")
    ProcessMoment.objects.create(
        note=note,
        source="snapshot-1",
        text=text,
        words=3,
        written_at=timezone.now(),
        explanation="A start.",
    )


def quotations_in(post):
    """Return all words of a post that are stored beside its versions."""
    passages = Passage.objects.on(post).values_list("exact", "prefix", "suffix")
    typed = Draft.objects.filter(post=post, kind=Draft.Kind.COMMENT)
    moments = ProcessMoment.objects.filter(note__post=post)
    return [
        *passages,
        *typed.values_list("passage", flat=True),
        *moments.values_list("text", flat=True),
    ]
