from django.http import HttpResponse

from blog.web.middleware import PrivateCacheMiddleware


def test_page_is_kept_by_no_cache(rf):
    response = PrivateCacheMiddleware(lambda request: HttpResponse())(rf.get("/"))

    assert response["Cache-Control"] == "private, no-store"
    assert response["Vary"] == "Cookie"


def test_view_that_says_how_long_it_may_be_kept_is_believed(rf):
    page = HttpResponse(headers={"Cache-Control": "public, max-age=300"})

    response = PrivateCacheMiddleware(lambda request: page)(rf.get("/"))

    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.has_header("Vary")
