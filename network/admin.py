"""Admin of networks: how fast the ties of each course fade.

Follows are silent, and a tie is for the two people it joins: neither is registered.
"""

from django.contrib import admin

from blog.admin.read_only import ReadOnlyAdmin
from network.models import TieClock


@admin.register(TieClock)
class TieClockAdmin(ReadOnlyAdmin):
    """The fading of ties, without the export key: whoever has it can undo pseudonyms."""

    course_path = "course"
    list_display = ["course", "landmark", "half_life"]
    list_select_related = ["course"]
    ordering = ["course__title", "pk"]
    fields = ["course", "landmark", "half_life"]
