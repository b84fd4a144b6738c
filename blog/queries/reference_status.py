"""What a page says about works: the last check of each, in words.

Every list is put together with one query, however many works it has.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from blog.citations.comparison import Defect, Verdict, defects_of, is_listed
from blog.citations.csl.doi import doi_address
from blog.models import Revision, Work, WorkCheck


@dataclass(frozen=True)
class Note:
    """``defects``: what differs, or what the record shows by itself; for its writer, and readers.

    ``waits`` says that somebody will be asked, but was not yet.
    """

    verdict: Verdict | None
    source: str = ""
    checked_at: datetime | None = None
    defects: list[Defect] = field(default_factory=list)
    notice: dict = field(default_factory=dict)
    waits: bool = False

    @property
    def words(self) -> str:
        if self.verdict is None:
            return _("Looked up later") if self.waits else ""
        source = {"source": self.source}
        return {
            Verdict.CHECKED: _("Checked at %(source)s") % source,
            Verdict.DIFFERS: _("Differs from what %(source)s has") % source,
            Verdict.NOT_FOUND: _("Not found; not every work is listed"),
            Verdict.RETRACTED: _("Retracted"),
        }[self.verdict]

    @property
    def is_much(self) -> bool:
        """Say whether there is more than one thing to take."""
        return sum(bool(defect.change) for defect in self.defects) > 1

    @property
    def notice_address(self) -> str:
        return doi_address(self.notice["doi"]) if self.notice.get("doi") else ""


def note_on(csl: dict, check: WorkCheck | None) -> Note:
    """Say what is known of a record, or of the copy of it that a post keeps."""
    verdict = check.verdict_on(csl) if check else None
    if verdict is None:
        return Note(None, defects=defects_of(csl), waits=is_listed(csl))
    found = check.found or {"csl": {}, "notices": []}
    return Note(
        verdict,
        source=check.source,
        checked_at=check.checked_at,
        defects=check.differences_of(csl) if found["csl"] else defects_of(csl),
        notice=next(iter(found["notices"]), {}),
    )


def notes_on(works: Iterable[Work]) -> dict[int, Note]:
    """Return a note on each work, by its key."""
    works = list(works)
    checks = WorkCheck.objects.of(works) if works else {}
    return {work.pk: note_on(work.csl, checks.get(work.pk)) for work in works}


def entries_of(revision: Revision | None) -> list[dict]:
    """Return the reference list of a published text, each entry with its note.

    A revision has its own copies of the records; each is compared as it stands there, so that a
    correction that was not published yet is not praised.
    """
    references = revision.references if revision else []
    if not references:
        return []
    checks = WorkCheck.objects.of([entry["work"] for entry in references])
    return [
        entry | {"note": note_on(entry["csl"], checks.get(entry["work"]))} for entry in references
    ]
