"""Set-ups for tests: one that uses everything, and any that there can be."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from blog.citations.parsers import without_key
from blog.setup_files import (
    Setup,
    SetupCriterion,
    SetupLevel,
    SetupNorm,
    SetupPrompt,
    SetupRubric,
)
from blog.setup_files.fields import PROMPT_FIELDS, SETTINGS_FIELDS
from tests import factories

WORK = without_key(factories.ARTICLE)

SETTINGS = {field.name: field.default for field in SETTINGS_FIELDS} | {
    "title": "Learning in networks",
    "starts_on": date(2026, 9, 7),
    "ends_on": date(2026, 12, 4),
    "time_zone": "America/Vancouver",
}


def make_prompt(
    title="Ties",
    *,
    opens=datetime(2026, 9, 7),
    rubric="",
    comments_rubric="",
    works=(),
    link_name="",
    **values,
):
    """Make a prompt that gives two weeks to write and a third one to comment."""
    usual = {field.name: field.default for field in PROMPT_FIELDS}
    dates = {
        "opens_at": opens,
        "due_at": opens + timedelta(days=13, hours=23, minutes=59),
        "comments_due_at": opens + timedelta(days=20, hours=23, minutes=59),
    }
    words = {"title": title, "question": f"What of {title}?"}
    return SetupPrompt(
        usual | dates | words | values, rubric, tuple(works), comments_rubric, link_name
    )


def make_rubric(title="Reflection", *, points=(0, 100, 200)):
    levels = tuple(
        SetupLevel(f"Level {number}", hundredths) for number, hundredths in enumerate(points)
    )
    return SetupRubric(title, (SetupCriterion("Argument", levels, "What it claims", 150),))


def make_setup(**parts):
    """Make a set-up that has one of everything."""
    parts = {
        "norms": (SetupNorm("Be kind", "Discuss the text."),),
        "rubrics": (make_rubric(),),
        "prompts": (
            make_prompt("Ties", rubric="Reflection", works=[WORK]),
            make_prompt("Pods", opens=datetime(2026, 9, 28), words_min=300, words_max=600),
        ),
    } | parts
    settings = SETTINGS | parts.pop("settings", {})
    return Setup(settings, **parts)


# Any set-up. Texts are those that a form lets through.
SIGNS = st.characters(exclude_categories=["Cs", "Cc"])
TITLES = st.text(SIGNS, min_size=1, max_size=30).filter(str.strip)
TEXTS = st.text(SIGNS | st.just("\n"), max_size=60)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
MINUTES = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
SPANS = st.timedeltas(timedelta(minutes=1), timedelta(days=60)).map(
    lambda span: timedelta(minutes=int(span.total_seconds() // 60) or 1)
)
LEVELS = st.builds(SetupLevel, TITLES, st.integers(0, 100_000), TEXTS)


def rising(levels):
    return tuple(sorted(levels, key=lambda level: level.hundredths))


CRITERIA = st.builds(
    SetupCriterion,
    TITLES,
    st.lists(LEVELS, min_size=2, max_size=7).map(rising),
    TEXTS,
    st.integers(1, 10_000),
)
RUBRICS = st.builds(SetupRubric, TITLES, st.lists(CRITERIA, min_size=1, max_size=3).map(tuple))
NORMS = st.builds(SetupNorm, TITLES, TITLES)


@st.composite
def prompts(draw, rubrics):
    """Draw a prompt that its table takes."""
    opens = draw(MINUTES)
    due = opens + draw(SPANS)
    words_min = draw(st.integers(0, 900))
    comments = draw(st.integers(0, 5))
    titles = st.sampled_from(["", *(rubric.title for rubric in rubrics)])
    return make_prompt(
        draw(TITLES),
        opens=opens,
        question=draw(TITLES),
        due_at=due,
        comments_due_at=due + draw(st.just(timedelta()) | SPANS),
        words_min=words_min,
        words_max=draw(st.none() | st.integers(words_min, 1000)),
        references_min=draw(st.integers(0, 9)),
        comments_min=comments,
        comments_across_pods=comments > 0 and draw(st.booleans()),
        rota=draw(st.sampled_from(["", "pods", "mixed"])),
        rota_posts=draw(st.integers(1, 6)),
        own_post_first=draw(st.booleans()),
        is_anonymous=draw(st.booleans()),
        rubric=draw(titles),
        comments_rubric=draw(titles),
        works=draw(st.sampled_from([(), (WORK,)])),
        link_name=draw(st.sampled_from(["", "5f0c", "97b1"])),
    )


@st.composite
def setups(draw):
    """Draw a set-up that its readers and tables take."""
    starts_on = draw(DAYS)
    default = draw(st.sampled_from([10, 20, 30]))
    settings = SETTINGS | {
        "title": draw(TITLES),
        "term": draw(TEXTS),
        "about": draw(TEXTS),
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=draw(st.integers(0, 200))),
        "time_zone": draw(st.sampled_from(["UTC", "America/Vancouver", "Europe/Berlin"])),
        "default_audience": default,
        "widest_audience": draw(st.sampled_from([30, 40, 50])),
        "guest_comments": draw(st.sampled_from(["off", "moderated", "filtered"])),
    }
    rubrics = draw(st.lists(RUBRICS, max_size=2, unique_by=lambda rubric: rubric.title))
    norms = draw(st.lists(NORMS, max_size=3, unique_by=lambda norm: norm.name.casefold()))
    listed = draw(st.lists(prompts(rubrics), max_size=3))
    return Setup(settings, tuple(norms), tuple(rubrics), tuple(listed))
