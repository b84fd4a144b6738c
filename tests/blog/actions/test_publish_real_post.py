"""A real student's post with references, as it is on the web, published here."""

import re

import pytest

from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import Audience
from tests import factories

# The page was read in the wrong encoding once and lost the ends of its quotation marks.
REPAIRS = [
    ("\u0100 ", " "),
    ("\u0100", " "),
    (r"(?<=[a-zA-Z])\u0101(?=(?:s|t|ve|re|ll|d|m)\b)", "’"),
    (r"\u0101(\w+)\u0101", r"“\1”"),
    (r"(?<=[a-z])\u0101(?=[a-z])", "-"),
    (" {2,}", " "),
]
CITATIONS = [
    ("(Bui Phu Hung et al., 2023)", "[@bui2023]"),
    ("(Bui et al., 2023)", "[@bui2023]"),
    ("(Rajagopal et al., 2012)", "[@rajagopal2012]"),
]
BUI = {
    "type": "article-journal",
    "author": [
        {"literal": "Bui Phu Hung"},
        {"family": "Ulla", "given": "M. B."},
        {"family": "Tarrayo", "given": "V. N."},
        {"literal": "Pham Chien Thang"},
    ],
    "issued": {"date-parts": [[2023]]},
    "title": "Editorial: The roles of social media in education: Affective, behavioral, and "
    "cognitive dimensions",
    "container-title": "Frontiers in Psychology",
    "volume": "14",
    "number": "1287728",
    "DOI": "10.3389/fpsyg.2023.1287728",
}
RAJAGOPAL = {
    "type": "article-journal",
    "author": [
        {"family": "Rajagopal", "given": "K."},
        {"family": "Joosten-ten Brinke", "given": "D."},
        {"family": "Van Bruggen", "given": "J."},
        {"family": "Sloep", "given": "P. B."},
    ],
    "issued": {"date-parts": [[2012]]},
    "title": "Understanding personal learning networks: Their structure, content and the "
    "networking skills needed to optimally use them",
    "container-title": "First Monday",
    "volume": "17",
    "issue": "1",
    "DOI": "10.5210/fm.v17i1.3559",
}


@pytest.fixture
def seed(real_data):
    """Return the page's title, prompt and paragraphs, repaired, with its citations by key."""
    text = (real_data / "seeds" / "000_1975d3d72e5a11ba.txt").read_text(encoding="utf-8")
    for broken, whole in REPAIRS:
        text = re.sub(broken, whole, text)
    for written, cited in CITATIONS:
        text = text.replace(written, cited)
    title, question, *body = text.split("References\n")[0].strip().splitlines()
    return title, question.removeprefix("- "), body


def linked(doi):
    address = f"https://doi.org/{doi}"
    return f'<a href="{address}" rel="nofollow ugc noopener">{address}</a>'


def test_the_post_has_eight_citations_of_two_works(seed, ada, course):
    title, question, body = seed
    prompt = factories.make_prompt(course, question=question)
    post = start_post(course, by=ada, prompt=prompt)
    add_reference(post, add_work(course, BUI, by=ada), by=ada)
    add_reference(post, add_work(course, RAJAGOPAL, by=ada), by=ada)

    revision = publish_post(
        post, by=ada, title=title, text="\n\n".join(body), audience=Audience.COURSE
    )

    assert (post.slug, revision.citations, len(revision.paragraphs)) == ("blog-post-1", 8, 5)
    # 534 on the page, which calls one of the works by a shorter name twice.
    assert revision.words == 538
    assert [(entry["key"], entry["cited_in"]) for entry in revision.references] == [
        ("bui2023", [1, 3]),
        ("rajagopal2012", [4]),
    ]
    assert [entry["html"] for entry in revision.references] == [
        "Bui Phu Hung, Ulla, M. B., Tarrayo, V. N., &amp; Pham Chien Thang. (2023). Editorial: "
        "The roles of social media in education: Affective, behavioral, and cognitive "
        "dimensions. <i>Frontiers in Psychology</i>, <i>14</i>, Article 1287728. "
        + linked("10.3389/fpsyg.2023.1287728"),
        "Rajagopal, K., Joosten-ten Brinke, D., Van Bruggen, J., &amp; Sloep, P. B. (2012). "
        "Understanding personal learning networks: Their structure, content and the networking "
        "skills needed to optimally use them. <i>First Monday</i>, <i>17</i>(1). "
        + linked("10.5210/fm.v17i1.3559"),
    ]
    assert revision.html.count(">Bui Phu Hung et al., 2023</a>)") == 4
    assert revision.html.count(">Rajagopal et al., 2012</a>)") == 4
    assert "“orchestrators”" in revision.html
    assert "\u0101" not in revision.html


def test_the_prompt_quoted_in_the_body_is_not_counted_among_its_words(seed, ada, course):
    title, question, body = seed
    prompt = factories.make_prompt(course, question=question)
    body = [re.sub(r" \[@\w+\]", "", paragraph) for paragraph in body]
    quoting, without = start_post(course, by=ada, prompt=prompt), start_post(course, by=ada)

    with_prompt = publish_post(
        quoting,
        by=ada,
        title=title,
        text="\n\n".join([f"- {question}", *body]),
        audience=Audience.COURSE,
    )
    alone = publish_post(
        without, by=ada, title=title, text="\n\n".join(body), audience=Audience.COURSE
    )

    assert (with_prompt.words, alone.words) == (alone.words, len(" ".join(body).split()))
