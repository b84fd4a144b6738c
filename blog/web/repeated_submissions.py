"""Answers to a button that is clicked twice, and to a page that the back button shows again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect


def lead_on(request, sentence: str, *address) -> HttpResponse:
    """Report that the request is done already, and redirect as its page would have.

    ``address`` is what ``redirect`` takes. Only for those who may know that the thing was there.
    """
    messages.info(request, sentence)
    return redirect(*address)
