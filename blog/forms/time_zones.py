"""Time zones as people choose them: by region, each under one name."""

import zoneinfo
from functools import cache
from importlib.resources import files

from django import forms


@cache
def zone_names() -> frozenset[str]:
    """Return the zones people live in, without old names: those of ``zone.tab`` of tzdata."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return frozenset(row[2] for row in rows) & zoneinfo.available_timezones()


@cache
def _links() -> dict[str, str]:
    """Return the present name of each old one: Europe/Kyiv for Europe/Kiev."""
    rules = files("tzdata.zoneinfo").joinpath("tzdata.zi").read_text(encoding="utf-8")
    rows = (line.split() for line in rules.splitlines() if line.startswith("L "))
    return {old: present for _letter, present, old in rows}


def present_zone(name: str) -> str:
    """Return the name under which a zone is offered, or ``name`` if there is none.

    Browsers still say Asia/Calcutta and Europe/Kiev.
    """
    present = name if name in zone_names() else _links().get(name, name)
    return present if present in zone_names() else name


def zone_choices(stored: str = "") -> list[tuple]:
    """Return the zones in groups by region; a ``stored`` one that is not among them comes first."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(zone_names()):
        region, place = name.split("/", 1)
        regions.setdefault(region, []).append((name, place.replace("_", " ")))
    choices = [("UTC", "UTC"), *regions.items()]
    if stored and stored != "UTC" and stored not in zone_names():
        choices.insert(0, (stored, stored.replace("_", " ")))
    return choices


class TimeZoneField(forms.ChoiceField):
    """A zone to choose. ``from_browser`` lets a script choose that of the computer."""

    def offer(self, stored: str, *, from_browser: bool = False) -> None:
        """Offer all zones, and the one that is stored."""
        self.choices = zone_choices(stored)
        if from_browser:
            self.widget.attrs["data-time-zone"] = True
