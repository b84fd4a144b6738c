"""Find the references that a text names: the course's works first, then what registries know.

For the page that adds a reference, and for the editor, which finds references in place. A text is
looked up in a POST, outside any transaction.
"""

import json
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from blog.actions.references import MAX_REFERENCES_PER_POST
from blog.citations import format_list
from blog.citations.comparison import Discrepancy, own_discrepancies
from blog.citations.parsers import normalise_doi
from blog.exceptions import ReadError, Refused
from blog.forms.references.reference import FoundForm
from blog.lookup import Choice, Kind, Outcome, identify, is_on, look_up
from blog.lookup.identify import is_isbn, main_part
from blog.lookup.results import start_of
from blog.models import Course, Post, User, Work
from blog.queries.bibliography import ListedWork, with_posts
from blog.queries.works import known_works, matching_works, names_work
from blog.text.works import render_work
from blog.web.rate_limits import HOUR, enforce_rate_limit

LOOK_UPS_PER_HOUR = 60


@dataclass(frozen=True)
class FoundReference:
    """A reference to add to a post in the editor, as the list will print it.

    It is ``listed``, a work of the course, or ``records``, the JSON of what a registry or the text
    itself has. ``label`` is its short name, that of the first where there are several.
    """

    label: str
    entries: list[str]
    listed: ListedWork | None = None
    records: str = ""
    source: str = ""
    is_retracted: bool = False


@dataclass(frozen=True)
class Search:
    """The results for a ``text``; ``why`` says why there is nothing to add, or is "".

    ``unread`` are the parts of the text beside what was found that are no references.
    """

    text: str
    found: list[FoundReference]
    why: str = ""
    is_named: bool = False
    unread: list[str] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Return whether the one result is the work that the text names, and not merely like it."""
        return self.is_named and len(self.found) == 1 and not self.unread


@dataclass(frozen=True)
class Found:
    """Something that was found, as the page shows it, with the form that adds it.

    ``choice`` is None where the form comes back because its records could not be added;
    ``is_known`` says that the course has the work already.
    """

    form: FoundForm
    entries: list[str]
    discrepancies: list[Discrepancy]
    choice: Choice | None = None
    is_known: bool = False


def look_up_for(request, course: Course, text: str) -> tuple[list[Work], Outcome]:
    """Return the course's own works that a text names, and else what the registries know.

    Nobody else is asked about a work that the course has.
    """
    pasted = identify(text)
    enforce_rate_limit(request, "look up references", LOOK_UPS_PER_HOUR, per=HOUR)
    known = known_works(request.user, course, pasted)
    rest = [p for p in pasted.parts if not any(names_work(p, work) for work in known)]
    if known and all(part.unread for part in rest):
        unread = [line for part in rest for line in part.unread]
        return known, Outcome(pasted.kind, [], known[0].csl, unread=unread)
    if known:
        text = "\n".join(part.value or part.lines[0] for part in rest)
    outcome = look_up(text)
    if any(len(choice.records) > MAX_REFERENCES_PER_POST for choice in outcome.choices):
        raise Refused(
            _("A post can have %(n)d references. Paste fewer.") % {"n": MAX_REFERENCES_PER_POST}
        )
    return known, outcome


def find_references(request, course: Course, post: Post, text: str) -> Search:
    """Return the references that a text names or, for a few words, those of the course with them.

    Raises ``Refused`` for a text that is too long or holds too many references.
    """
    works, outcome = look_up_for(request, course, text)
    choices = [_from_records(choice.records, choice) for choice in outcome.choices]
    like = [] if works else matching_works(request.user, course, post, text)
    found = [*found_in_course(works or like, request.user, course), *choices]
    why = "" if found else why_not_found(outcome)
    unread = outcome.unread if choices or works else []
    return Search(text, found, why, is_named=not like, unread=unread)


def found_in_course(works: list[Work], reader: User, course: Course) -> list[FoundReference]:
    """Return works of the course with the posts that cite them; one query."""
    listed = with_posts(works, reader, course) if works else []
    return [FoundReference(one.work.label, [one.work.html], listed=one) for one in listed]


def _from_records(records: list[dict], choice: Choice) -> FoundReference:
    label, _html = render_work(records[0])
    return FoundReference(
        label,
        format_list(records),
        records=json.dumps(records),
        source=choice.source,
        is_retracted=bool(choice.notices),
    )


def with_key(records: list[dict], key: str) -> list[dict]:
    """Return records with the key that the text has for one; several keep their own."""
    return [records[0] | {"id": key}] if key and len(records) == 1 else records


def found_thing(
    records: list[dict],
    choice: Choice | None = None,
    form: FoundForm | None = None,
    *,
    is_known: bool = False,
):
    return Found(
        form=form or FoundForm(initial={"records": records}, auto_id=False),
        entries=format_list(records),
        discrepancies=own_discrepancies(records[0]) if len(records) == 1 else [],
        choice=choice,
        is_known=is_known,
    )


def why_by_hand(outcome: Outcome) -> str:
    """Return why there is nothing to add, and a sentence that leads to the form."""
    if _is_link_alone(outcome):
        rest = _("Type the author, date and title from the page:")
    else:
        rest = _("Fill in the rest here:")
    return f"{why_not_found(outcome)} {rest}"


def why_not_found(outcome: Outcome) -> str:
    """Return why there is nothing to add, in one sentence."""
    if outcome.is_later:
        return _("The registries are not responding at the moment.")
    if could_not_be_read(outcome):
        return _("We could not read this as a reference.")
    if _is_link_alone(outcome):
        return _("A link alone is not enough.")
    if not outcome.is_known:
        return _("The registries do not list it, which is common.")
    dois = outcome.kind is Kind.DOI or any(map(normalise_doi, outcome.unread))
    isbns = outcome.kind is Kind.ISBN or any(map(is_isbn, outcome.unread))
    if dois and is_on():
        return _("The registries do not list them, which is common.")
    if dois and isbns:
        return _("We can’t look up DOIs or ISBNs on this site.")
    if dois:
        return _("We can’t look up DOIs on this site.")
    return _("We can’t look up ISBNs on this site.")


def _is_link_alone(outcome: Outcome) -> bool:
    """Return whether a text has a link, or several, and nothing that can be looked up."""
    if outcome.is_later or not outcome.is_known or could_not_be_read(outcome):
        return False
    return outcome.kind is Kind.ADDRESS or (
        outcome.kind is Kind.SEVERAL
        and not any(normalise_doi(part) or is_isbn(part) for part in outcome.unread)
    )


def could_not_be_read(outcome: Outcome) -> bool:
    """Return whether a text is no reference; one of several identifiers may be merely unknown."""
    return bool(outcome.unread) and outcome.kind is not Kind.SEVERAL


def start_of_text(text: str) -> dict:
    """Return the initial CSL values of the form for a submitted text; no service is asked."""
    if not text.strip():
        return {}
    try:
        pasted = identify(text)
    except ReadError:
        return {"title": text.strip()}
    return start_of(main_part(pasted))
