"""Ways to open a place: by its address, or by a form that another site would send."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Page, Response, Route

LTI_COOKIE = "lti"  # of a visit before: without it a browser is a new one
NONE: Mapping[str, str] = MappingProxyType({})
TEST_SITE = "http://testserver"


class Visit(str):
    """The path of a page to which more belongs: a form, whose fields are made again each time.

    A form is sent as by a page of this site, unless ``headers`` say otherwise.
    """

    fields: Callable[[], dict] | None
    headers: Mapping[str, str]
    cookies: dict[str, str]
    status: int

    def __new__(cls, path, fields=None, *, headers=NONE, cookies=None, status=200):
        visit = super().__new__(cls, path)
        visit.fields, visit.headers, visit.cookies = fields, headers, cookies or {}
        visit.status = status
        return visit

    def headers_from(self, site: str) -> dict[str, str]:
        form = {"origin": site, "content-type": "application/x-www-form-urlencoded"}
        return (form if self.fields else {}) | dict(self.headers)


def expected_status(name: str, path: str) -> int:
    """Return what a place is answered with; one that is called by a number is an error."""
    if isinstance(path, Visit):
        return path.status
    return int(name) if name.isdecimal() else 200


def go_to(page: Page, path: str) -> Response:
    """Open a place in a browser, without the scripts that would lead on to the LMS at once."""
    if not isinstance(path, Visit):
        return page.goto(path)
    page.context.clear_cookies(name=LTI_COOKIE)
    page.route("**/js/lti/*", lambda route: route.abort())
    form = None if path.fields is None else urlencode(path.fields(), doseq=True)
    page.route(
        lambda url: urlsplit(url).path == urlsplit(path).path,
        lambda route: route.fulfill(response=_fetched(page, route, path, form)),
        times=1,
    )
    return page.goto(path)


def _fetched(page: Page, route: Route, visit: Visit, form: str | None):
    parts = urlsplit(route.request.url)
    site = f"{parts.scheme}://{parts.netloc}"
    headers = route.request.headers | visit.headers_from(site)
    cookies = {one["name"]: one["value"] for one in page.context.cookies(site)} | visit.cookies
    headers["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    if form is None:
        return route.fetch(headers=headers)
    return route.fetch(method="POST", headers=headers, post_data=form)


def open_in(client, path: str, *, follow=False):
    """Open a place in a test client."""
    if not isinstance(path, Visit):
        return client.get(path, follow=follow)
    client.cookies.pop(LTI_COOKIE, None)
    for name, value in path.cookies.items():
        client.cookies[name] = value
    headers = path.headers_from(TEST_SITE)
    headers.pop("content-type", None)
    if path.fields is None:
        return client.get(path, headers=headers, follow=follow)
    return client.post(path, path.fields(), headers=headers, follow=follow)
