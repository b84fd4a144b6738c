"""The admin site for site staff, who sign in on the same page as everybody else."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class StaffSite(admin.AdminSite):
    site_header = site_title = "Commonplace"

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Send people to our own sign-in: Django's has neither limits nor confirmed addresses."""
        return secure_admin_login(super().login)(request, extra_context)

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
