"""Figures of a network, in posts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.models import Picture


class NetworkFigure(models.Model):
    """A figure of its owner's network at the end of a day, in a post of theirs.

    Its readers see numbers; who they are, its owner alone. What it shows is in the picture and in
    the text below it, and does not change when ties do.
    """

    picture = models.OneToOneField(Picture, models.CASCADE, related_name="network_figure")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="network_figures"
    )
    day = models.DateField()

    class Meta:
        verbose_name = _("figure of a network")
        verbose_name_plural = _("figures of networks")

    def __str__(self):
        return f"{self.owner_id}, {self.day}"


class FigurePeer(models.Model):
    """The person behind a number of a figure."""

    figure = models.ForeignKey(NetworkFigure, models.CASCADE, related_name="peers")
    number = models.PositiveSmallIntegerField()
    peer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("peer in a figure")
        verbose_name_plural = _("peers in figures")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "number"], name="one_peer_per_number"),
            models.UniqueConstraint(fields=["figure", "peer"], name="one_number_per_peer"),
        ]

    def __str__(self):
        return f"{self.number}: {self.peer_id}"

    @property
    def label(self) -> str:
        return peer_label(self.number)


def peer_label(number: int) -> str:
    """Return the name of a peer in a figure for everybody but its owner."""
    return gettext("Peer %d") % number
