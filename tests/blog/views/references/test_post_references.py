"""The references of a post as files, what its page says of it, and citing a classmate."""

from html.parser import HTMLParser
from urllib.parse import parse_qs

import pytest
from django.urls import reverse

from blog.actions.post_states import withdraw_post
from blog.actions.posts import publish_post
from blog.actions.references import add_reference, cite_post
from blog.actions.work_merges import merge_works
from blog.actions.works import add_work
from blog.citations.parsers import read_references
from blog.exceptions import Refused
from blog.models import Audience, Reference, Work
from tests import factories


class Page(HTMLParser):
    """The meta elements and COinS of a page."""

    def __init__(self, answer):
        super().__init__()
        self.meta, self.coins = [], []
        self.feed(answer.content.decode())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "meta" and attrs.get("name", "").startswith(("citation_", "dc.")):
            self.meta.append((attrs["name"], attrs["content"]))
        if attrs.get("class") == "Z3988":
            self.coins.append(parse_qs(attrs["title"]))


def publish(author, course, title="Of ties", audience=Audience.COURSE, text="Ties hold."):
    post = factories.make_draft_post(author, course, title)
    publish_post(post, by=author, title=title, text=text, audience=audience)
    return post


@pytest.fixture
def post(ada, course):
    """Return a post that cites one article, as ``weak``."""
    post = factories.make_draft_post(ada, course)
    add_reference(post, add_work(course, factories.ARTICLE, by=ada), by=ada, key="weak")
    publish_post(
        post, by=ada, title="Of <ties>", text="They hold [@weak].", audience=Audience.COURSE
    )
    return post


def sign_in(client, user):
    client.force_login(user)
    return client


def at(name, post, *args):
    return reverse(name, args=[post.course.slug, post.slug, *args])


# Its references as a file


@pytest.mark.parametrize(
    ("ending", "content_type"),
    [
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("ris", "application/x-research-info-systems; charset=utf-8"),
        ("json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_the_references_of_a_post_as_a_file(client, bob, post, ending, content_type):
    answer = sign_in(client, bob).get(at("post_references", post, ending))

    assert answer.status_code == 200
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"] == f'attachment; filename="of-ties-references.{ending}"'
    assert "private" in answer["Cache-Control"]
    assert read_references(answer.content.decode()) == [factories.ARTICLE | {"id": "weak"}]


def test_the_file_is_as_closed_as_the_post(client, ada, bob, eve, course, post):
    private = publish(ada, course, "Mine", Audience.ONLY_ME)
    draft = factories.make_draft_post(ada, course)
    address = at("post_references", post, "bib")

    assert client.get(address).status_code == 302
    assert sign_in(client, eve).get(address).status_code == 404
    sign_in(client, bob)
    assert client.get(at("post_references", private, "bib")).status_code == 404
    assert client.get(at("post_references", post, "doc")).status_code == 404
    assert sign_in(client, ada).get(at("post_references", draft, "bib")).status_code == 404


# What the page says


def test_the_page_says_what_it_is_to_reference_managers(client, bob, post):
    answer = sign_in(client, bob).get(post.get_absolute_url())

    page = Page(answer)
    address = "http://testserver" + post.get_absolute_url()
    day = post.published_at
    assert page.meta == [
        ("citation_title", "Of <ties>"),
        ("citation_author", "Student, Ada"),
        ("citation_publication_date", f"{day:%Y/%m/%d}"),
        ("citation_public_url", address),
        ("dc.title", "Of <ties>"),
        ("dc.creator", "Student, Ada"),
        ("dc.date", f"{day:%Y-%m-%d}"),
        ("dc.type", "blogPost"),
        ("dc.source", "Learning in networks"),
        ("dc.identifier", address),
    ]
    assert [one.get("rft.type", one.get("rft.genre")) for one in page.coins] == [
        ["blogPost"],
        ["article"],
    ]


def test_the_public_page_says_the_public_name_and_no_course(client, ada, course):
    ada.public_name = "A. Reader"
    ada.save()
    post = publish(ada, course, audience=Audience.PUBLIC)
    address = reverse("post_public", args=[post.pk, post.slug])

    answer = client.get(address)

    page = Page(answer)
    assert dict(page.meta)["citation_author"] == "Reader, A."
    assert dict(page.meta)["citation_public_url"] == f"http://testserver{address}"
    assert dict(page.meta)["dc.source"] == "Commonplace"
    text = answer.content.decode()
    assert "Reader, A. (" in text
    assert "Ada" not in text
    assert course.title not in text


def test_the_public_page_of_somebody_without_a_public_name_names_nobody(client, ada, course):
    post = publish(ada, course, audience=Audience.PUBLIC)

    page = Page(client.get(reverse("post_public", args=[post.pk, post.slug])))

    assert "citation_author" not in dict(page.meta)
    assert "rft.au" not in page.coins[0]


@pytest.mark.parametrize("audience", [Audience.ONLY_ME, Audience.INSTRUCTORS])
def test_a_post_for_a_few_says_nothing_to_cite_it_by(client, ada, course, audience):
    post = publish(ada, course, audience=audience)

    answer = sign_in(client, ada).get(post.get_absolute_url())

    assert (Page(answer).meta, Page(answer).coins) == ([], [])
    assert "Cite this post" not in answer.content.decode()
    assert client.get(at("post_cite", post)).status_code == 403


# Citing a classmate


def test_a_classmates_post_is_added_and_cited_as_a_blog_post(client, ada, bob, course, settings):
    cited = publish(ada, course)
    mine = factories.make_draft_post(bob, course, "Mine")
    sign_in(client, bob)

    assert client.get(at("post_cite", cited)).status_code == 200
    answer = client.post(at("post_cite", cited), {"post": mine.slug}, follow=True)

    assert answer.redirect_chain == [(cited.get_absolute_url(), 302)]
    reference = mine.references.get()
    assert reference.work.post == cited
    assert f"[@{reference.key}]" in answer.content.decode()
    publish_post(
        mine, by=bob, title="Mine", text=f"As @{reference.key} says.", audience=Audience.COURSE
    )
    [entry] = mine.revision.references
    day = f"{cited.published_at:%Y, %B} {cited.published_at.day}"
    address = settings.SITE_URL + cited.get_absolute_url()
    assert entry["html"] == (
        f"Student, A. ({day}). Of ties. <i>Learning in networks</i>. "
        f'<a href="{address}" rel="nofollow ugc noopener">{address}</a>'
    )
    assert f">Student ({cited.published_at.year})</a> says." in mine.revision.html


def test_whoever_may_not_see_the_cited_post_reads_the_entry_and_finds_no_page(
    client, ada, bob, observer, course
):
    cited = publish(ada, course)
    mine = factories.make_draft_post(bob, course)
    key = cite_post(cited, by=bob, onto=mine, url="http://testserver/there/").key
    publish_post(mine, by=bob, title="Mine", text=f"So [@{key}].", audience=Audience.COURSE)
    withdraw_post(cited, by=ada)
    sign_in(client, observer)

    assert "Student, A. (" in client.get(mine.get_absolute_url()).content.decode()
    assert client.get(cited.get_absolute_url()).status_code == 404


def test_one_record_for_a_post_and_its_title_follows(ada, bob, course):
    cited = publish(ada, course)
    one, two = (factories.make_draft_post(bob, course) for _ in range(2))
    first = cite_post(cited, by=bob, onto=one, url="https://example.org/a/")
    publish_post(cited, by=ada, title="Of knots", text="Ties.", audience=Audience.COURSE)

    second = cite_post(cited, by=bob, onto=two, url="https://example.org/b/")

    work = Work.objects.get()
    assert first.work_id == second.work_id == work.pk
    assert (work.csl["title"], work.csl["URL"]) == ("Of knots", "https://example.org/a/")
    assert "Of knots" in work.html
    assert cite_post(cited, by=bob, onto=two, url="") == second


def test_a_post_that_cites_the_course_stays_in_the_course(ada, bob, course):
    cited = publish(ada, course, audience=Audience.PUBLIC)
    mine = factories.make_draft_post(bob, course)
    key = cite_post(cited, by=bob, onto=mine, url="https://example.org/a/").key
    words = {"by": bob, "title": "Mine", "text": f"So [@{key}]."}

    for audience in (Audience.SIGNED_IN, Audience.PUBLIC):
        with pytest.raises(Refused, match="cites a post of this course"):
            publish_post(mine, **words, audience=audience)
    publish_post(mine, by=bob, title="Mine", text="Without.", audience=Audience.PUBLIC)
    publish_post(mine, **words, audience=Audience.COURSE)

    assert mine.audience == Audience.COURSE


@pytest.mark.parametrize("why", ["for a few", "withdrawn", "itself"])
def test_what_cannot_be_cited(ada, bob, course, why):
    cited = publish(ada, course, audience=Audience.INSTRUCTORS if why == "for a few" else 30)
    onto = cited if why == "itself" else factories.make_draft_post(ada, course)
    if why == "withdrawn":
        withdraw_post(cited, by=ada)

    with pytest.raises(Refused):
        cite_post(cited, by=ada, onto=onto, url="https://example.org/")

    assert not Reference.objects.exists()


def test_nobody_cites_into_the_post_of_another(client, ada, bob, observer, eve, course):
    cited = publish(ada, course)
    hers = factories.make_draft_post(ada, course, "Hers")

    answer = sign_in(client, bob).post(at("post_cite", cited), {"post": hers.slug})

    assert answer.status_code == 422
    assert "post" in answer.context["form"].errors
    assert sign_in(client, observer).post(at("post_cite", cited)).status_code == 403
    assert sign_in(client, eve).post(at("post_cite", cited)).status_code == 404
    assert not hers.references.exists()


def test_the_record_of_a_post_is_the_one_to_keep(ada, bob, instructor, course):
    cited = publish(ada, course)
    work = cite_post(
        cited, by=bob, onto=factories.make_draft_post(bob, course), url="https://example.org/"
    ).work
    typed = add_work(course, work.csl | {"volume": "1"}, by=bob)

    with pytest.raises(Refused, match="Keep that one"):
        merge_works(work, by=instructor, into=typed)
    assert merge_works(typed, by=instructor, into=work).canonical == work
