"""One page of the class bibliography: works by letter, each with its status and who cites it."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from blog.citations.comparison import VerificationResult
from blog.citations.csl.fields import folded
from blog.models import Course, Post, Reference, User, Work
from blog.models.prepared_queries import prepared
from blog.queries.bibliography import ListedWork, with_posts
from blog.queries.reference_status import ReferenceStatus, reference_statuses


@dataclass(frozen=True)
class BibliographyEntry:
    """A work of the page; ``is_in_post`` if the post it could be added to has it already."""

    listed: ListedWork
    status: ReferenceStatus
    is_in_post: bool

    @property
    def work(self) -> Work:
        return self.listed.work

    @property
    def initial(self) -> str:
        """Return its letter in a list by author; empty where it begins with none."""
        signs = map(folded, strip_tags(self.work.html))
        start = next(filter(None, signs), "")[:1]  # most begin with their first sign
        return start.upper() if start.isalpha() else ""

    @property
    def status_words(self) -> str:
        """Return the answer of registries in few words; nothing where nobody is asked."""
        if self.status.result is VerificationResult.CHECKED and self.work.doi:
            return _("DOI checked")
        if self.status.result is VerificationResult.DIFFERS:
            if {found.name for found in self.status.discrepancies} == {"title"}:
                return _("Title differs from the record")
            return _("Differs from the record")
        if self.status.result is VerificationResult.NOT_FOUND and self._is_book_without_doi:
            return _("Book, no DOI needed")
        return self.status.label

    @property
    def _is_book_without_doi(self) -> bool:
        return self.work.csl.get("type") == "book" and not self.work.doi


def bibliography_entries(
    works: list[Work], reader: User, course: Course, post: Post | None
) -> list[BibliographyEntry]:
    """Return the entries of a page in at most three queries, however many works it has."""
    statuses = reference_statuses(works)
    in_post = set(_works_in.rows(None, post=post.pk)) if post else ()
    return [
        BibliographyEntry(listed, statuses[listed.work.pk], listed.work.pk in in_post)
        for listed in with_posts(works, reader, course)
    ]


@prepared
def _works_in(_shape: None, post: int) -> QuerySet:
    return Reference.objects.filter(post=post).order_by().values_list("work", flat=True)


def by_initial(entries: list[BibliographyEntry]) -> list[tuple[str, list[BibliographyEntry]]]:
    """Group entries that are sorted by author under their letters."""
    groups = groupby(entries, key=lambda entry: entry.initial)
    return [(initial, list(group)) for initial, group in groups]
