from django.http import HttpResponse

from blog.web.middleware import PrivateCacheMiddleware


def test_page_is_not_cached(rf):
    response = PrivateCacheMiddleware(lambda request: HttpResponse())(rf.get("/"))

    assert response["Cache-Control"] == "private, no-store"
    assert response["Vary"] == "Cookie"


def test_cache_control_of_a_view_is_left_alone(rf):
    page = HttpResponse(headers={"Cache-Control": "public, max-age=300"})

    response = PrivateCacheMiddleware(lambda request: page)(rf.get("/"))

    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.has_header("Vary")
