"""Comments by guests in the demo course: one is published, one waits for the teaching team."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoGuestComment:
    """A comment on a public post; `published` is when the instructor published it, if she has."""

    post: str
    name: str
    email: str
    website: str
    day: int
    hour: int
    minute: int
    text: str
    published: tuple[int, int, int] | None = None


GUEST_COMMENTS = (
    DemoGuestComment(
        post="tomasz-1",
        name="Henrike Vos",
        email="henrike@example.org",
        website="https://henrike.example/",
        day=48,
        hour=21,
        minute=17,
        text=(
            "I drew tram maps on paper for eleven years, and our lake had a line through it once, "
            "too. Nobody opened an issue. A pensioner sent a postcard of the lake, with the stop "
            "*Under Water* marked in red. I kept the postcard: my echo is from 1998."
        ),
        published=(49, 8, 40),
    ),
    DemoGuestComment(
        post="tomasz-1",
        name="Okko",
        email="okko@example.org",
        website="",
        day=52,
        hour=7,
        minute=55,
        text=(
            "Are you sure that a tie needs to be kept up? I answer questions of strangers in a "
            "forum about boilers, and what I get back is that I understand boilers."
        ),
    ),
)
