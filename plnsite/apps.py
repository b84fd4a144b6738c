from django.contrib.admin.apps import AdminConfig


class StaffSiteConfig(AdminConfig):
    """Django's admin with our site in it; `manage.py` and the templates still call it admin."""

    default_site = "plnsite.admin.StaffSite"
