"""Quotations of a version whose text is written over: its former words have to go from them too."""

from blog.models.drafts import Draft
from blog.models.passages import Passage
from blog.models.revisions import Revision
from blog.text.passages import Rewriting, Selection, find_selection, quote
from blog.text.passages import read as read_words

SELECTED = ("revision", "paragraph", "prefix", "suffix", "signs_before")


def quote_again(revision: Revision, former_html: str) -> None:
    """Update the quotations of a version in comments on its passages, and in their drafts.

    ``revision`` has its new HTML. Where a passage of the former text is not to be told in the new
    one, its words go: the comment is on the post as a whole.
    """
    rewriting = Rewriting(read_words(former_html).text, read_words(revision.html).text)
    if rewriting.changes_nothing:
        return
    for passage in Passage.objects.filter(revision=revision):
        place = rewriting.place_of(passage.place_within(rewriting.old))
        if place is None:
            passage.delete()
            continue
        quotation = quote(rewriting.new, place)
        passage.exact, passage.prefix = quotation.exact, quotation.prefix
        passage.suffix = quotation.suffix
        passage.start, passage.end = place
        passage.save(update_fields=["exact", "prefix", "suffix", "start", "end"])
    typed = Draft.objects.filter(post=revision.post, kind=Draft.Kind.COMMENT)
    for draft in typed.filter(passage__revision=revision.number):
        selected = _selected_again(draft.passage, rewriting, former_html)
        if selected != draft.passage:
            draft.write(draft.content | {"passage": selected}, None)


def _selected_again(stored: dict, rewriting: Rewriting, former_html: str) -> dict:
    """Return a form's selection in the new text; {} if that cannot be told."""
    words = stored.get("quotation", "")
    if not words.strip():
        return stored
    given = {name: stored[name] for name in SELECTED if name in stored}
    places = find_selection(read_words(former_html), Selection(words=words, **given))
    place = rewriting.place_of(places[0]) if len(places) == 1 else None
    if place is None:
        return {}
    quotation = quote(rewriting.new, place)
    again = {
        "quotation": quotation.exact,
        "prefix": quotation.prefix,
        "suffix": quotation.suffix,
        "signs_before": len("".join(rewriting.new[: place.start].split())),
    }
    return stored | {name: value for name, value in again.items() if name in stored}
