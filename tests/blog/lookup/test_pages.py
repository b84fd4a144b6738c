"""A page whose address somebody typed is on the open web, and so is all that it leads to."""

import pytest

from blog.lookup import http_client
from blog.lookup.blogs import clean_address
from blog.lookup.http_client import OffLimits, TooLarge, get_page, is_on_web
from tests.blog.lookup.stub import registry
from tests.own_blogs import blog_site

pytestmark = pytest.mark.django_db


def get(url, **options):
    return get_page(url, headers={}, seconds=3, **options)


def test_this_machine_is_no_page():
    with registry() as stub:
        stub.lay("/", "secret")

        with pytest.raises(OffLimits):
            get(stub.url)

        assert stub.asked == []


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/"),
        *("http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://localhost./", "http://0.0.0.0/"),
        *(
            "http://169.254.169.254/",
            "http://10.0.0.1/",
            "http://192.168.0.1/",
            "http://[fd00::1]/",
        ),
        *("file:///etc/passwd", "gopher://example.org/", "https://user@example.org/"),
        *("https://example.org:8443/", "http://example.org:443/", "//example.org/", "x"),
    ],
)
def test_what_is_not_on_the_open_web_is_not_asked(url):
    with pytest.raises(OffLimits):
        get(url)


@pytest.mark.parametrize(
    "url", ["https://example.org/x", "http://example.org/", "https://ex.org:443"]
)
def test_what_may_be_on_the_open_web(url):
    assert is_on_web(url)


def test_each_redirect_is_asked_the_same():
    with blog_site() as blog, registry() as other:
        other.lay("/", "secret")
        blog.answers["/out"] = (302, {"Location": other.url}, b"")
        blog.answers["/round"] = (302, {"Location": "/page"}, b"")
        blog.lay("/page", "Words", Content_Type="text/html")

        with pytest.raises(OffLimits):
            get(f"{blog.url}/out")
        answer = get(f"{blog.url}/round")

        assert other.asked == []
        assert (answer.document, answer.url) == (b"Words", f"{blog.url}/page")


def test_a_page_that_has_not_changed_has_no_document():
    with blog_site() as blog:
        blog.answers["/"] = (304, {}, b"")

        answer = get(blog.url)

    assert (answer.status, answer.document) == (304, None)


def test_a_page_has_an_end():
    with blog_site() as blog:
        blog.lay("/", "x" * 2_000)

        with pytest.raises(TooLarge):
            get(blog.url, max_bytes=1_000)


def test_no_page_of_this_machine_is_left_over():
    assert set() == http_client.PAGES_OF_THIS_MACHINE


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" my-blog.example.org ", "https://my-blog.example.org"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("http://example.org/ä", "http://example.org/%C3%A4"),
        ("javascript:alert(1)", ""),
        ("mailto:ada@example.org", ""),
        ("blog", ""),
        ("two words.org", ""),
        ("https://", ""),
        ("https://" + "x" * 2_000 + ".org", ""),
    ],
)
def test_addresses_as_people_type_them(text, address):
    assert clean_address(text) == address
