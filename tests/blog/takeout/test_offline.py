"""Pages of the site become pages of a folder."""

from blog.takeout.offline import for_folder

SITE, PAGE, TOKEN = "https://site.example", "/c/net/posts/ties/", "a" * 32


def test_links_lead_somewhere_without_the_site():
    html = (
        '<p id="p1"><a href="/c/net/posts/x/?a=1&amp;b=2">x</a> <a href="#p1">¶1</a>'
        ' <a href="#gone">y</a> <a href="https://else.example/?q=a&amp;b">z</a>'
        ' <a href="#ref-x">r</a></p>'
    )

    assert for_folder(html, SITE, PAGE, {}, {"ref-x"}) == (
        f'<p id="p1"><a href="{SITE}/c/net/posts/x/?a=1&amp;b=2">x</a> <a href="#p1">¶1</a>'
        f' <a href="{SITE}{PAGE}#gone">y</a> <a href="https://else.example/?q=a&amp;b">z</a>'
        ' <a href="#ref-x">r</a></p>'
    )


def test_pictures_are_those_of_the_folder():
    html = (
        f'<img src="/pictures/{TOKEN}/large.webp" alt="A &quot;map&quot; &gt; all" width="8"'
        f' loading="lazy" srcset="/pictures/{TOKEN}/small.webp 4w" sizes="9vw">'
    )

    shown = for_folder(html, SITE, PAGE, {TOKEN: f"images/{TOKEN}.webp"})
    assert shown == f'<img src="images/{TOKEN}.webp" alt="A &quot;map&quot; &gt; all" width="8">'
    assert for_folder(html, SITE, PAGE, {}) == "<em>A &quot;map&quot; &gt; all</em>"


def test_words_that_look_like_tags_stay():
    html = '<pre><code>&lt;a href="/x/"&gt; href="/y/"</code></pre>'

    assert for_folder(html, SITE, PAGE, {}) == html
