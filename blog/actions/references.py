"""Works of a course, and the shelf from which a post cites them."""

import re
from html import escape

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from blog import access
from blog.citations import KEY_PATTERN, CiteItem, Cluster, format_citations
from blog.citations.matching import is_same
from blog.citations.parsers import clean_csl, normalise_doi, read_references, suggest_key
from blog.exceptions import Refused
from blog.models import Course, LogEntry, Post, Reference, User, Work, WorkCheck
from blog.text import render_post

MOST_ON_A_SHELF = 200
KEY_LENGTH = Reference._meta.get_field("key").max_length


def add_work(course: Course, csl: dict, *, by: User) -> Work:
    """Return the course's record of a work: the one it has, or a new one.

    It has one if the DOI is the same or, where the new record brings no DOI, if nothing that
    tells works apart differs. What was merged into another record leads there. Two people may
    add the same DOI at once; then the constraint decides and both get one record.
    """
    csl = _record(csl)
    doi = normalise_doi(csl.get("DOI", ""))
    found = _known(course, csl, doi)
    if found is not None:
        return found.standing
    try:
        with transaction.atomic():
            return Work.objects.create(course=course, csl=csl, doi=doi, created_by=by, **shown(csl))
    except IntegrityError:
        return Work.objects.get(course=course, doi=doi)


def shelve(post: Post, work: Work, *, by: User, key: str | None = None) -> Reference:
    """Put a work on a post's shelf under a key; a work that is there already stays as it is.

    Without a key, or with one that another work has, a fitting one is made.
    """
    with transaction.atomic():
        _hold(post)
        work = work.standing
        shelf = {reference.key: reference for reference in post.shelf.all()}
        for reference in shelf.values():
            if reference.work_id == work.pk:
                return reference
        if len(shelf) >= MOST_ON_A_SHELF:
            raise Refused(_("This shelf is full. Take off what you don’t cite."))
        if not key or key in shelf or not is_key(key):
            key = suggest_key(work.csl, taken=shelf.keys())
        return Reference.objects.create(post=post, work=work, key=key)


def add_references(post: Post, text: str, *, by: User) -> list[Reference]:
    """Put everything in a pasted BibTeX, RIS or CSL-JSON text on the shelf, or nothing.

    An entry keeps its own key where it can. Raises ReadError, with the line where it is known.
    """
    records = read_references(text)
    with transaction.atomic():
        return [
            shelve(post, add_work(post.course, csl, by=by), by=by, key=csl["id"]) for csl in records
        ]


def change_work(work: Work, csl: dict, *, by: User) -> None:
    """Correct a record. Published posts keep their copy until they are published again."""
    if not access.can_change_work(by, work):
        raise Refused(
            _("Other people’s posts rest on this record too, so only the teaching team changes it.")
        )
    csl = _record(csl)
    before = work.csl
    work.csl = csl
    work.doi = normalise_doi(csl.get("DOI", ""))
    for field, value in shown(csl).items():
        setattr(work, field, value)
    try:
        with transaction.atomic():
            work.save()
            _judge_again(work, before)
            LogEntry.record("work_changed", work, by=by, course=work.course)
    except IntegrityError:
        raise Refused(_("The course has another work with this DOI.")) from None


def change_reference(reference: Reference, *, by: User, key: str, csl: dict | None = None) -> None:
    """Give a reference another key, and correct its work if ``csl`` is given; both or neither.

    The text is the writer’s: they change the citations in it.
    """
    if not is_key(key):
        raise Refused(_("Use letters and digits, with single signs such as - _ : . between them."))
    with transaction.atomic():
        _hold(reference.post)
        if reference.post.shelf.filter(key=key).exclude(pk=reference.pk).exists():
            raise Refused(_("This post uses that key for another work."))
        reference.key = key
        reference.save(update_fields=["key"])
        if csl is not None:
            change_work(reference.work, csl, by=by)


def remove_reference(reference: Reference, *, by: User) -> None:
    """Take a work off the shelf, unless the published text cites it."""
    with transaction.atomic():
        _hold(reference.post)
        reference.refresh_from_db(fields=["cited"])
        if reference.cited and reference.post.is_published:
            raise Refused(
                _(
                    "Your published post cites this work. Take the citation out of the text and "
                    "publish it; then the reference can go."
                )
            )
        reference.delete()


def is_key(key: str) -> bool:
    """Say whether the text can cite by this key as it stands."""
    return len(key) <= KEY_LENGTH and re.fullmatch(KEY_PATTERN, key) is not None and "{" not in key


def is_record_of(work: Work, csl: dict) -> bool:
    """Say whether a work says just what this record says."""
    return work.csl == _record(csl)


def shown(csl: dict) -> dict:
    """Return what a record looks like: its label (“Rajagopal et al., 2012”) and its entry."""
    rendered = render_post("[@work]", {"work": csl})
    label = rendered.paragraphs[0].removeprefix("(").removesuffix(")")
    # A letter has no entry in a list: what the text says of it is all there is to show.
    return {"label": label[:300], "html": rendered.references[0].html or escape(label)}


def entries_as_listed(records: list[dict]) -> list[str]:
    """Return the entries of a list of these records, in the order and form of the style."""
    works = {str(n): record for n, record in enumerate(records)}
    clusters = [Cluster((CiteItem(key),)) for key in works]
    return [entry.html for entry in format_citations(works, clusters).entries]


def _record(csl: dict) -> dict:
    """Keep what is a record’s own: a key belongs to the shelf that uses it."""
    return {field: value for field, value in clean_csl(csl).items() if field != "id"}


def _known(course: Course, csl: dict, doi: str) -> Work | None:
    works = Work.objects.filter(course=course)
    if doi:
        return works.filter(doi=doi).first()
    alike = works.filter(label=shown(csl)["label"]).order_by("pk")
    return next((work for work in alike if work.csl == csl or is_same(work.csl, csl)), None)


def _judge_again(work: Work, before: dict) -> None:
    """Compare a changed record with the answer there is, or forget an answer to another question.

    Without one the work is looked up by the next tick.
    """
    check = WorkCheck.objects.filter(work=work).first()
    if check is None:
        return
    asked_the_same = work.doi or check.found or work.csl.get("title") == before.get("title")
    verdict = check.verdict_on(work.csl) if asked_the_same else None
    if verdict is None:
        check.delete()
    else:
        check.verdict = verdict
        check.save(update_fields=["verdict"])


def _hold(post: Post) -> None:
    """Lock the post, so that two tabs fill its shelf in turn."""
    Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
