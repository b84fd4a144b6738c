"""Variables that every template has."""


def masthead(request):
    """Return the course of this page and the reader's membership in it, without a query."""
    course = getattr(request, "course", None)
    if course is None:
        return {}
    return {"course": course, "membership": request.membership}
