"""Answers to a button that is clicked twice, and to a page that the back button shows again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect


def lead_on(request, sentence: str, *address) -> HttpResponse:
    """Say that what was asked is done already, and lead to where its page would have led.

    ``address`` is what ``redirect`` takes. Only for those who may know that the thing was there.
    """
    messages.info(request, sentence)
    return redirect(*address)
