"""What every page of a course may rely on."""


def masthead(request):
    """Give templates the course of this page and the reader's part in it, without a query."""
    course = getattr(request, "course", None)
    if course is None:
        return {}
    return {"course": course, "membership": request.membership}
