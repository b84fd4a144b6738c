"""The demo course and its prompts, with their dates."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoCourse:
    """The demo course. Days are counted from its first one; it is loaded so that now is `today`."""

    slug: str
    title: str
    about: str
    time_zone: str
    days: int
    today: int


@dataclass(frozen=True)
class DemoPrompt:
    """A prompt; it opens at 9:00, and both deadlines are at 23:59 of their day."""

    number: int
    title: str
    question: str
    opens_day: int
    due_day: int
    comments_due_day: int
    words_min: int
    words_max: int
    references_min: int
    comments_min: int
    rota: str = ""
    required_works: tuple[str, ...] = ()


COURSE = DemoCourse(
    slug="edci338",
    title="Social Media and Personalized Learning",
    about=(
        "Twelve weeks on how people learn from one another in networks, and on how such places "
        "could be made kinder and more useful. We write to four prompts, answer each other, "
        "and watch what comes of it. A slow answer to one person is worth more here than a "
        "quick one to all."
    ),
    time_zone="America/Vancouver",
    days=84,
    today=53,
)

PROMPTS = (
    DemoPrompt(
        number=1,
        title="Who taught you that?",
        question=(
            "Think of one thing you learned, by way of a network, from somebody who was not "
            "your teacher. Who made the connection, what kept it alive, and what kind of tie "
            "was it? From that story, say what a personal learning network could be for you "
            "this term."
        ),
        opens_day=0,
        due_day=10,
        comments_due_day=17,
        words_min=250,
        words_max=350,
        references_min=2,
        comments_min=2,
        required_works=("rajagopal2012",),
    ),
    DemoPrompt(
        number=2,
        title="One ordinary day of comparison",
        question=(
            "For one ordinary day, note each time you compare yourself with somebody on a "
            "screen, and what you do next. Then choose one small thing, in how you use a "
            "network or in how it is built, and change it so that it serves your learning "
            "rather than your worry. What happened?"
        ),
        opens_day=11,
        due_day=24,
        comments_due_day=31,
        words_min=250,
        words_max=350,
        references_min=2,
        comments_min=2,
        required_works=("verduyn2017",),
    ),
    DemoPrompt(
        number=3,
        title="Something you believed",
        question=(
            "Find a claim that reached you through people you trust and that turned out to be "
            "wrong, doubtful or impossible to check. Retrace its way to you. How did you check "
            "it, and what would a network have to be like for such a claim to be caught early, "
            "and kindly?"
        ),
        opens_day=27,
        due_day=43,
        comments_due_day=50,
        words_min=250,
        words_max=350,
        references_min=2,
        comments_min=3,
        required_works=("wineburg2019",),
    ),
    DemoPrompt(
        number=4,
        title="Who should be able to see this?",
        question=(
            "Some of the best learning in this course could happen in public, and some of it "
            "should not. Choose one piece of your work, or one conversation, and argue who "
            "should be able to see it, for how long, and who should decide. Where does "
            "assessment fit?"
        ),
        opens_day=44,
        due_day=58,
        comments_due_day=65,
        words_min=250,
        words_max=400,
        references_min=2,
        comments_min=2,
        rota="mixed",
    ),
)
