import zoneinfo

import pytest

from blog.forms.time_zones import present_zone, zone_choices, zone_names

OLD_NAMES = [
    "America/Buenos_Aires",
    "Africa/Asmera",
    "America/Knox_IN",
    "Asia/Calcutta",
    "Europe/Kiev",
    "Asia/Saigon",
    "Pacific/Samoa",
    "US/Pacific",
    "EST",
]


def test_zones_are_grouped_by_region_and_sorted():
    choices = zone_choices()

    assert [region for region, _zones in choices] == [
        "UTC",
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ]
    europe = dict(choices)["Europe"]
    assert ("Europe/Amsterdam", "Amsterdam") in europe
    assert europe == sorted(europe)


@pytest.mark.parametrize("name", OLD_NAMES)
def test_old_names_are_not_offered(name):
    assert name in zoneinfo.available_timezones()
    assert name not in zone_names()


@pytest.mark.parametrize(
    ("name", "present"),
    [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("US/Pacific", "America/Los_Angeles"),
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("UTC", "UTC"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("Mars/Base", "Mars/Base"),
        ("", ""),
    ],
)
def test_a_zone_has_one_present_name(name, present):
    assert present_zone(name) == present


def test_a_stored_zone_that_is_not_offered_comes_first():
    assert zone_choices("Asia/Calcutta")[0] == ("Asia/Calcutta", "Asia/Calcutta")
    assert zone_choices("Asia/Kolkata") == zone_choices("UTC") == zone_choices()
