from django.contrib.admin.apps import AdminConfig


class StaffSiteConfig(AdminConfig):
    """Django's admin with our own site; its label stays admin."""

    default_site = "plnsite.admin.StaffSite"
