"""Lists that go on over several pages."""

from django.http import HttpRequest


def filters_of(request: HttpRequest) -> str:
    """Return the filters as the beginning of a query string, ready for the number of a page."""
    filters = request.GET.copy()
    filters.pop("page", None)
    return f"{filters.urlencode()}&" if filters else ""
