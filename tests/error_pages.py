"""Error pages for tests that meet thousands of them."""

from contextlib import contextmanager
from unittest.mock import patch

from django.http import HttpResponse
from django.shortcuts import render


@contextmanager
def bare_error_pages():
    """Make each error page once, with what it says, and then no more of it than its status."""
    made = set()

    def render_once(request, template, context, status):
        page = (template, context.get("reason"))
        if page in made:
            return HttpResponse(status=status)
        made.add(page)
        return render(request, template, context, status=status)

    with patch("blog.web.errors.render", render_once):
        yield
