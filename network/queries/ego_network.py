"""The ego network: one learner's ties, now or as they were, and what to do with them."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

from blog import access
from blog.models import Course, Post, User, name_for
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.prepared_queries import prepared
from blog.queries.course_home import current_prompt
from blog.queries.visible_prompts import visible_prompts
from blog.text.names import initials, short_names
from network import layout
from network.queries.discover import people_to_meet
from network.queries.ego_weeks import ties_in_week
from network.queries.intentions import intentions_now
from network.queries.questions import own_question, posts_to_ask_about, questions_to
from network.queries.suggestion_choices import suggestion_choices
from network.queries.tie_evidence import ExplainedTie, explain_ties
from network.ties import Tie, TieClass, clock_of, explain

MAX_PEOPLE_PER_LIST = 3
MAX_DRAWN_TIES = 36
ROWS_PER_PAGE = 50  # so that all that are drawn are on the first page

# A figure with so many names has shorter ones, and on narrow screens initials alone.
CROWDED_FROM = 13
LONG_NAMES_TO = 24
LONG_NAME_CHARS, SHORT_NAME_CHARS = 14, 9

RINGS = (TieClass.STRONG, TieClass.WEAK, TieClass.VERY_WEAK)


@dataclass(frozen=True)
class DrawnTie:
    """A tie with its place in the figure, and the label of its peer."""

    node: layout.Node
    tie: Tie
    name: str
    initials: str


@dataclass(frozen=True)
class QuietTie:
    """A tie that has been quiet, and a post that its peer has published since, if any."""

    row: ExplainedTie
    post: Post | None


def load_ego_network(
    reader: User, course: Course, *, week: str | None = None, page: str | None = None
) -> dict:
    """Return the page's context, in a number of queries that does not grow with the course."""
    clock = clock_of(course)
    shown_week, ties = ties_in_week(reader, clock, week)
    pages = Paginator(ties, ROWS_PER_PAGE).get_page(page)
    choices = suggestion_choices(reader, course)
    # Nobody comments any more when the course is over, so there is nothing to suggest.
    is_open = not shown_week.is_past and not course.has_ended
    suggests = choices.wants_suggestions and is_open
    to_suggest = [tie for tie in ties if tie.peer.pk not in choices.not_to_suggest]
    dormant = [tie for tie in to_suggest if tie.dormant] if suggests else []
    quiet = dormant[: MAX_PEOPLE_PER_LIST * 2]  # some have no comment that can be opened now
    context = {
        "explanation": explain(clock),
        "week": shown_week,
        "page": pages,
        "page_query": f"week={shown_week.number}&" if shown_week.is_past else "",
        "ties": list(pages.object_list),
        "suggests": suggests,
        "intentions": None if shown_week.is_past else intentions_now(reader, course),
        "questions": [] if shown_week.is_past else questions_to(reader, course),
        **draw_ties(reader, ties, salt=f"{course.pk}:{reader.pk}"),
    }
    if not suggests:
        return context
    met = {tie.peer.pk for tie in ties} | choices.not_to_suggest
    return context | {
        "build": people_to_meet(reader, course, met=met, limit=MAX_PEOPLE_PER_LIST),
        "maintain": quiet_ties(reader, course, explain_ties(reader, course, quiet)),
        **posts_by_contacts(reader, course, to_suggest),
        **questions_of(reader, course),
    }


def questions_of(reader: User, course: Course) -> dict:
    """Return a student's open question, or when or about which posts they can ask the next."""
    membership = reader.membership_in(course)
    if not membership or not membership.is_student or not access.can_comment_in(reader, course):
        return {}
    own = own_question(reader, course)
    return {"own": own, "to_ask": posts_to_ask_about(reader, course) if own.can_ask else []}


def draw_ties(reader: User, ties: list[Tie], *, salt: str) -> dict:
    """Place the strongest ties on their rings, and count the others by class.

    A figure of two hundred names would show none.
    """
    drawn = {tie.peer.pk: tie for tie in ties[:MAX_DRAWN_TIES]}
    longest = LONG_NAME_CHARS if len(drawn) <= LONG_NAMES_TO else SHORT_NAME_CHARS
    names = {pk: name_for(tie.peer, reader) for pk, tie in drawn.items()}
    short = short_names(names)
    chars = {pk: min(len(name), longest) for pk, name in short.items()}
    rings = [[pk for pk, tie in drawn.items() if tie.tie_class == ring] for ring in RINGS]
    left_out = [tie.tie_class for tie in ties[MAX_DRAWN_TIES:]]
    return {
        "drawn": [
            DrawnTie(node, drawn[node.key], short[node.key], initials(names[node.key]))
            for node in layout.ego_rings(rings, salt, chars)
        ],
        "name_chars": longest,
        "reach": layout.reach(len(drawn)),
        "is_crowded": len(drawn) >= CROWDED_FROM,
        "not_drawn": [(ring, left_out.count(ring)) for ring in RINGS if ring in left_out],
    }


def quiet_ties(reader: User, course: Course, dormant: list[ExplainedTie]) -> list[QuietTie]:
    """Return ties to pick up again, each with the newest post of the peer since the last comment.

    Asked once for all of them. Picking up is easier with something to talk about.
    """
    rows = [row for row in dormant if row.comments][:MAX_PEOPLE_PER_LIST]
    if not rows:
        return []
    last_days = {row.tie.peer.pk: row.tie.last_day for row in rows}
    posts = Post.objects.published_for(reader, course)
    newest: dict[int, Post] = {}
    for post in posts.filter(author__in=last_days).order_by("-published_at", "-pk"):
        if course.day_of(post.published_at) > last_days[post.author_id]:
            newest.setdefault(post.author_id, post)
    return [QuietTie(row, newest.get(row.tie.peer.pk)) for row in rows]


def posts_by_contacts(reader: User, course: Course, ties: list[Tie]) -> dict:
    """Return the current prompt, and posts on it by people the reader exchanges comments with."""
    prompt = current_prompt(visible_prompts(reader, course, listed=True))
    contacts = {
        tie.peer.pk: tie for tie in ties if tie.tie_class in (TieClass.STRONG, TieClass.WEAK)
    }
    if prompt is None or not contacts:
        return {"prompt": prompt, "activate": []}
    member = member_key_of(reader, course)
    posts = _posts_on.rows(member.role, prompt=prompt.pk, **member.values) if member else []
    strongest_first = {pk: place for place, pk in enumerate(contacts)}
    written = [post for post in posts if post.author_id in contacts]
    ranked = sorted(written, key=lambda post: strongest_first[post.author_id])
    return {
        "prompt": prompt,
        "activate": [(contacts[p.author_id], p) for p in ranked[:MAX_PEOPLE_PER_LIST]],
    }


@prepared(may_miss=MAY_MISS)
def _posts_on(role: str, prompt: int, **member: Any) -> QuerySet:
    posts = Post.objects.published_for(*stand_in(role, **member)).filter(prompt=prompt)
    return posts.only("author", "slug", "title").order_by("-published_at", "-pk")
