"""Admin of networks: how fast the ties of each course fade.

Follows are silent, and a tie is for the two people it joins: neither is registered.
"""

from django.contrib import admin

from blog.admin import Register
from network.models import TieClock


@admin.register(TieClock)
class TieClockAdmin(Register):
    """Without the export key: who has it knows who is who in an export."""

    list_display = ["course", "landmark", "half_life"]
    list_select_related = ["course"]
    ordering = ["course__title", "pk"]
    fields = ["course", "landmark", "half_life"]
