"""The way to the institution's sign-in. The way back is allauth's."""

import logging
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.providers.openid_connect.views import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from blog.forms.accounts.accounts import known_zone
from blog.web.rate_limits import MINUTE, enforce_rate_limit
from blog.web.university_login import ZONE, ask_again, university_name

logger = logging.getLogger(__name__)
STARTS = 120  # a minute: a lecture hall may have one address


@login_not_required
def university_login(request, provider_id):
    """Ask whether to go to the institution's sign-in; on POST go there.

    The policy of this site's pages lets no form lead elsewhere, not even by a redirect, so a page
    between takes people there.
    """
    if request.method == "POST":
        enforce_rate_limit(request, "university_login", STARTS, per=MINUTE)
        request.session[ZONE] = known_zone(request.POST.get("time_zone", ""))
    try:
        response = login(request, provider_id)
    except (requests.RequestException, ValueError, KeyError) as error:
        logger.warning("The institution's sign-in cannot be reached: %s", type(error).__name__)
        return render(request, "socialaccount/unavailable.html", status=503)
    to = urlsplit(response.get("Location", ""))
    if response.status_code != 302 or not to.netloc:
        return response
    address = response["Location"]
    is_again = request.user.is_authenticated and request.POST.get("process") != "connect"
    if is_again:
        address = ask_again(request, address)
    context = {"address": address, "host": to.hostname, "name": university_name()}
    return render(request, "socialaccount/login_redirect.html", context)
