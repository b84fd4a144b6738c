from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """What follows from what people write."""

    name = "network"
    verbose_name = _("Networks")

    def ready(self):
        from network import receivers  # noqa: F401  (connects them)
