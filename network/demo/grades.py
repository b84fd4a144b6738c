"""The rubrics of the demo course, its grades and their feedback."""

from dataclasses import dataclass

from network.demo.text_files import items, moment, sections


@dataclass(frozen=True)
class DemoLevel:
    title: str
    points: int
    description: str


@dataclass(frozen=True)
class DemoCriterion:
    title: str
    levels: tuple[DemoLevel, ...]


@dataclass(frozen=True)
class DemoRubric:
    title: str
    criteria: tuple[DemoCriterion, ...]


@dataclass(frozen=True)
class DemoGrade:
    """One grader's grade of a student's post; `levels` holds one position per criterion.

    Positions count from 0, the lowest level.
    """

    prompt: int
    student: str
    grader: str
    levels: tuple[int, ...]
    feedback: str
    day: int
    hour: int
    minute: int


LEVELS = (("Not yet", 1), ("Partly", 2), ("Well", 3), ("Beyond", 4))


def _criterion(title: str, *descriptions: str) -> DemoCriterion:
    steps = zip(LEVELS, descriptions, strict=True)
    return DemoCriterion(title, tuple(DemoLevel(*level, text) for level, text in steps))


RUBRIC = DemoRubric(
    "Reflective post",
    (
        _criterion(
            "From experience to idea",
            "Tells what happened, or what one ought to think, but not both.",
            "Has an experience and an idea side by side; the step between them is left to us.",
            "Shows how the experience led to the idea, and what it changes.",
            "The idea goes further than the reading, and one can see where it came from.",
        ),
        _criterion(
            "Use of sources",
            "Names a source, or none, without using it.",
            "Uses a term or a sentence from a source; the argument behind it is missing.",
            "Says accurately what the source argues and puts it to work.",
            "Tests the source: shows where it holds, where it stops, and says so fairly.",
        ),
        _criterion(
            "Writing for a reader",
            "A reader has to guess what is meant or why it is told.",
            "Clear in places; the thread is lost now and then.",
            "Clear throughout, in the writer’s own voice.",
            "Every part earns its place; somebody outside the course would read on.",
        ),
        _criterion(
            "Part in the conversation",
            "Has not commented yet, or says only that a post was enjoyed.",
            "Answers others in general words; the talk ends there.",
            "Takes up something particular in a post and gives its writer something to answer.",
            "Moves the talk on: asks, tries out, comes back, and lets others change the outcome.",
        ),
    ),
)


COMMENTS_RUBRIC = DemoRubric(
    "Talk under posts",
    (
        _criterion(
            "Reads closely",
            "Could be under any post.",
            "Names what the post is about.",
            "Takes up one passage and what hangs on it.",
            "Shows the writer something in their own text that they had not seen.",
        ),
        _criterion(
            "Gives something to answer",
            "Praises or agrees.",
            "Asks a question that a word answers.",
            "Asks or objects so that the writer can go on.",
            "Brings a case, a source or a doubt that changes the question.",
        ),
        _criterion(
            "Comes back",
            "Leaves replies without an answer.",
            "Answers when somebody asks again.",
            "Answers what was said, and not only that it was said.",
            "Follows the thread to a result that both can use.",
        ),
    ),
)


def _grade(prompt: str, heading: list[str], text: str) -> DemoGrade:
    student, grader, levels, at = heading
    positions = tuple(int(level) - 1 for level in levels.split())
    return DemoGrade(int(prompt), student, grader, positions, text, *moment(at))


GRADES = tuple(
    _grade(prompt, heading, text)
    for prompt, body in sections("feedback")
    for heading, text in items(body)
)

# The prompts whose grades the students see, and when: the day of the course, hour and minute.
RELEASES = {1: (24, 9, 0)}
