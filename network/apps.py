from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Follows and ties: what is derived from blog."""

    name = "network"
    verbose_name = _("Networks")

    def ready(self):
        from network import receivers  # noqa: F401  (the import connects them)
