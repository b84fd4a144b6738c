"""Headers of every answer."""

import pytest

POLICY = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'none'; form-action 'self';"
    " frame-ancestors 'none'; img-src 'self' data:; manifest-src 'self'; script-src 'self';"
    " style-src 'self'"
)


PAGES = [
    ("visitor", "/", 200),
    ("visitor", "/about/", 200),
    ("visitor", "/accounts/login/", 200),
    ("visitor", "/accounts/signup/", 200),
    ("visitor", "/nowhere/", 404),
    ("visitor", "/about/?q=%00", 400),
    ("visitor", "/c/networks/", 302),
    ("visitor", "/healthz", 200),
    ("ada", "/", 200),
    ("ada", "/me/", 200),
    ("ada", "/c/networks/", 200),
    ("ada", "/c/networks/posts/", 200),
    ("ada", "/c/networks/network/", 200),
    ("ada", "/c/networks/roster/", 403),
    ("ada", "/c/elsewhere/", 404),
    ("ada", "/c/networks/roster/code/", 405),
    ("ada", "/accounts/email/", 200),
    ("root", "/admin/", 200),
    ("root", "/admin/blog/post/", 200),
    ("root", "/c/networks/desk/", 200),
]


@pytest.mark.figure
@pytest.mark.parametrize(("reader", "path", "status"), PAGES)
def test_every_answer_carries_its_headers(client, course, ada, root, figure, reader, path, status):
    if reader != "visitor":
        client.force_login({"ada": ada, "root": root}[reader])

    answer = client.get(path)

    assert answer.status_code == status
    assert "; ".join(sorted(answer["Content-Security-Policy"].split("; "))) == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    # What is the same for all visitors their browsers may keep, and ask whether it changed.
    is_kept = (reader, path) == ("visitor", "/about/")
    assert ("no-cache" if is_kept else "no-store") in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"] or not is_kept
    assert "Server" not in answer
    figure("Every answer carries its headers", "{answers} answers", answers=1)


@pytest.mark.parametrize("path", ["/c/networks/", "/me/", "/c/networks/posts/", "/admin/"])
def test_private_page_is_kept_by_no_cache(client, course, root, path):
    client.force_login(root)

    answer = client.get(path)

    assert "private" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]
    assert "ETag" not in answer
