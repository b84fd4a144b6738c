"""Process notes: what a post's readers see of them, and the moments its author can choose from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from blog.exceptions import TextRefused
from blog.models import (
    DraftSnapshot,
    HelpStatement,
    Post,
    ProcessMoment,
    ProcessNote,
    Reference,
    Revision,
    User,
    Work,
)
from blog.queries.revisions import Comparison, Side
from blog.text import count_source_words
from blog.text.scaffold import strip_scaffold

MAX_OPTIONS = 100
MAX_OPTION_CHARS = 1_500_000  # of all options that were not chosen; their words are counted


@dataclass(frozen=True)
class Process:
    """A process note as one reader sees it; empty where there is nothing for them."""

    note: ProcessNote | None = None
    moments: list[ProcessMoment] = field(default_factory=list)
    help: HelpStatement | None = None

    @property
    def has_note(self) -> bool:
        return self.note is not None and bool(self.note.html or self.moments)

    def __bool__(self) -> bool:
        return self.has_note or self.help is not None


def process_of(post: Post, reader: User) -> Process:
    """Return the process note of a post for a reader, in two queries or three.

    In none where the query of the post has found that its author tells nothing.
    """
    if not post.has_process:
        return Process()
    note = ProcessNote.objects.visible_to(reader).filter(post=post).first()
    return Process(
        note=note,
        moments=list(note.moments.defer("text")) if note else [],
        help=HelpStatement.objects.visible_to(reader).filter(post=post).first(),
    )


def compare_states(
    post: Post, old: "ProcessMoment | MomentOption | None", new: "ProcessMoment | MomentOption"
) -> Comparison:
    """Compare two states of a text, or one with itself if there is none before it."""
    references = _references_ever(post)
    side = _side(post, new, references)
    return Comparison(_side(post, old, references) if old else side, side)


def _references_ever(post: Post) -> list[Reference]:
    """Return a post's references and, of those it has no more, what it was published with."""
    known = {reference.key: reference for reference in post.references_with_works()}
    for entries in post.revisions.values_list("references", flat=True)[:MAX_OPTIONS]:
        for entry in entries:
            earlier = Reference(key=entry["key"], work=Work(csl=entry["csl"]))
            known.setdefault(entry["key"], earlier)
    return list(known.values())


def _side(post: Post, state: "ProcessMoment | MomentOption", references: list) -> Side:
    """Return a state with its words as readers would see them, citations included."""
    try:
        rendered = post.render(state.text, references).rendered
    except TextRefused:
        return Side(state.title, state.text, None, state.written_at)
    return Side(state.title, state.text, rendered.html, state.written_at)


@dataclass(frozen=True)
class MomentOption:
    """A state of a text that its author can show; ``words`` are counted exactly in a version."""

    source: str
    title: str
    text: str
    words: int
    written_at: datetime
    label: str


def moment_options(post: Post, note: ProcessNote) -> list[MomentOption]:
    """Return the states of a post's text for its author, oldest first.

    These are what the note has a copy of already, the published versions and, while the course
    runs, the snapshots of the draft: the latest ``MAX_OPTIONS`` of them, together no longer than
    ``MAX_OPTION_CHARS``, and all that were chosen.
    """
    chosen = [_of_moment(moment) for moment in note.moments.all()] if note.pk else []
    known = {option.source for option in chosen}
    states = [*_versions(post), *_snapshots(post)]
    new = [state for state in states if _source_of(state) not in known]
    new.sort(key=lambda state: (state.created_at, _source_of(state)), reverse=True)
    options = chosen + [_of_state(state) for state in _within_limits(new)]
    return sorted(options, key=lambda option: (option.written_at, option.source))


def _source_of(state: Revision | DraftSnapshot) -> str:
    if isinstance(state, Revision):
        return f"version-{state.number}"
    return f"snapshot-{state.pk}"


def _within_limits(
    states: Sequence[Revision | DraftSnapshot],
) -> Iterator[Revision | DraftSnapshot]:
    """Yield the first states, as many as one page can show."""
    left = MAX_OPTION_CHARS
    for state in states[:MAX_OPTIONS]:
        left -= len(state.text)
        if left < 0:
            return
        yield state


def _versions(post: Post):
    return post.revisions.only("post", "number", "title", "text", "words", "created_at")[
        :MAX_OPTIONS
    ]


def _snapshots(post: Post):
    """Return the author's snapshots; when the course is over, there are none."""
    if post.course.is_over:
        return []
    return DraftSnapshot.objects.filter(post=post, user=post.author_id)[:MAX_OPTIONS]


def _of_moment(moment: ProcessMoment) -> MomentOption:
    kind, _dash, number = moment.source.partition("-")
    is_version = kind == "version"
    return MomentOption(
        source=moment.source,
        title=moment.title,
        text=moment.text,
        words=moment.words,
        written_at=moment.written_at,
        label=_version_label(number) if is_version else "",
    )


def _of_state(state: Revision | DraftSnapshot) -> MomentOption:
    return _of_revision(state) if isinstance(state, Revision) else _of_snapshot(state)


def _of_revision(revision: Revision) -> MomentOption:
    return MomentOption(
        source=_source_of(revision),
        title=revision.title,
        text=revision.text,
        words=revision.words,
        written_at=revision.created_at,
        label=_version_label(revision.number),
    )


def _of_snapshot(snapshot: DraftSnapshot) -> MomentOption:
    text = strip_scaffold(snapshot.text)
    is_writing = snapshot.reason == DraftSnapshot.Reason.WRITING
    return MomentOption(
        source=_source_of(snapshot),
        title=snapshot.title,
        text=text,
        words=count_source_words(text),
        written_at=snapshot.created_at,
        label="" if is_writing else snapshot.get_reason_display(),
    )


def _version_label(number: int | str) -> str:
    return _("version %(number)s, published") % {"number": number}
