"""The admin site for site staff, who sign in on the same page as everybody else."""

from urllib.parse import urlencode

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


class StaffSite(admin.AdminSite):
    site_header = site_title = settings.SITE_NAME

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Send everybody to our own sign-in, and staff who are signed in to the admin's first page.

        Django's form takes a password without limits, a confirmed address or the second step, also
        that of another account than the one signed in; so it is never shown and never posted to.
        """
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        next_page = get_next_redirect_url(request) or reverse("admin:index")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': next_page})}")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        """Redirect to the one page that changes passwords: it tells their owner by mail."""
        return redirect("account_change_password")

    def get_urls(self):
        """Return Django's addresses without the shortcut to an object's page.

        It would turn any number into an address, and the address of a post holds its title, even
        if only its author can see the post.
        """
        urls = super().get_urls()
        return [url for url in urls if getattr(url, "name", None) != "view_on_site"]
