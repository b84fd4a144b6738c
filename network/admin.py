"""What the people who run the site may look up of a network: how a course's ties fade.

Follows are silent, and ties are for the two whom they join: neither is registered.
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
