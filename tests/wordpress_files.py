"""Small files as WordPress exports them, for tests."""

from xml.sax.saxutils import escape

from django.utils import timezone

from blog.wordpress import read_upload

NAMESPACES = {
    "1.0": "http://wordpress.org/export/1.0/",
    "1.1": "http://wordpress.org/export/1.1/",
    "1.2": "http://wordpress.org/export/1.2/",
}


def export_of(data, course):
    """Return what is read of a file for a course."""
    return read_upload([("blog.xml", data)], zone=course.zone, now=timezone.now())


def wxr(*items: str, version="1.2", authors=(("ada", "Ada Luna", "ada@blog.example"),), head=""):
    """Return a file with these items; ``authors`` are logins with names and emails."""
    address = NAMESPACES.get(version, NAMESPACES["1.2"])
    written = "".join(
        f"<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{login}</wp:author_login>"
        f"<wp:author_email>{email}</wp:author_email>"
        f"<wp:author_display_name>{cdata(name)}</wp:author_display_name></wp:author>"
        for number, (login, name, email) in enumerate(authors, start=1)
    )
    tag = f"<wp:wxr_version>{version}</wp:wxr_version>" if version else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?>\n{head}<rss version="2.0"\n'
        f'xmlns:excerpt="{address}excerpt/"\n'
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"\nxmlns:wp="{address}">\n'
        f"<channel>\n<title>Ada’s blog</title>\n<link>https://blog.example</link>\n{tag}\n"
        f"<wp:base_blog_url>https://blog.example</wp:base_blog_url>\n{written}\n"
        + "\n".join(items)
        + "\n</channel>\n</rss>\n"
    ).encode()


def item(
    number=1,
    html="<p>Words of a post.</p>",
    *,
    title="A post",
    login="ada",
    at="2020-02-03 04:05:06",
    status="publish",
    kind="post",
    comments=(),
    more="",
):
    """Return a post, or whatever ``kind`` says."""
    return (
        f"<item><title>{escape(title)}</title><link>https://blog.example/{number}</link>"
        f"<dc:creator>{login}</dc:creator>"
        f'<guid isPermaLink="false">https://blog.example/?p={number}</guid>'
        f"<content:encoded>{cdata(html)}</content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>{at}</wp:post_date>"
        f"<wp:post_date_gmt>{at}</wp:post_date_gmt><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type>{more}{''.join(comments)}</item>"
    )


def comment(
    number=1,
    html="Words of a comment.",
    *,
    name="Gil Guest",
    at="2020-02-04 05:06:07",
    approved="1",
    parent=0,
    account=0,
    kind="",
):
    """Return a comment, with all that WordPress knows of who wrote it."""
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id>"
        f"<wp:comment_author>{cdata(name)}</wp:comment_author>"
        "<wp:comment_author_email>gil@secret.example</wp:comment_author_email>"
        "<wp:comment_author_url>https://gil.example</wp:comment_author_url>"
        "<wp:comment_author_IP>192.0.2.77</wp:comment_author_IP>"
        f"<wp:comment_date>{at}</wp:comment_date><wp:comment_date_gmt>{at}</wp:comment_date_gmt>"
        f"<wp:comment_content>{cdata(html)}</wp:comment_content>"
        f"<wp:comment_approved>{approved}</wp:comment_approved>"
        f"<wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent>"
        f"<wp:comment_user_id>{account}</wp:comment_user_id></wp:comment>"
    )


def attachment(number, address, *, described=""):
    more = f"<wp:attachment_url>{address}</wp:attachment_url>"
    more += meta("_wp_attachment_image_alt", described)
    return item(number, "", kind="attachment", status="inherit", more=more)


def meta(key, value):
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
    )


def cdata(words):
    return f"<![CDATA[{words.replace(']]>', ']]]]><![CDATA[>')}]]>"
