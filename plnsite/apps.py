from django.contrib.admin.apps import AdminConfig
from django.core.checks import register

from plnsite.deployment import check_deployment


class StaffSiteConfig(AdminConfig):
    """Django's admin with our own site, and what is asked before a site goes live.

    The label stays admin.
    """

    default_site = "plnsite.admin.StaffSite"

    def ready(self):
        super().ready()
        register(check_deployment, deploy=True)
