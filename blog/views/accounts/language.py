"""The language of somebody who is not signed in."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from blog.models.languages import offered
from blog.web.languages import remember_language
from blog.web.resubmission import previous_page


# Its form is on every page for visitors, also on those that browsers keep: a token would be another
# one each time. Browsers say who sent it, and all it can change is what one of them shows.
@csrf_exempt
@login_not_required
@require_POST
def language_choose(request):
    """Keep a language in the browser, and show the page again; the account has its own choice."""
    if request.user.is_authenticated:
        return redirect("profile_edit")
    page = previous_page(request)
    response = redirect("home" if page == request.path else page)
    language = offered(request.POST.get("language", ""))
    if language and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        remember_language(response, language)
    return response
