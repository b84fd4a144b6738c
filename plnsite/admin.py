"""The admin site: for those who run the place, behind the same doors as everybody else."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class StaffSite(admin.AdminSite):
    site_header = site_title = "Commonplace"
    index_title = _("Look things up")

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Send people to our login: Django's has neither limits nor confirmed addresses."""
        return secure_admin_login(super().login)(request, extra_context)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        """Lead to the one page where passwords change: it tells their owner by mail."""
        return redirect("account_change_password")

    def get_urls(self):
        """Leave out the short cut to an object's page.

        It would turn any number into an address, and the address of a post holds its title, also
        where the post is for nobody but its writer.
        """
        urls = super().get_urls()
        return [url for url in urls if getattr(url, "name", None) != "view_on_site"]
