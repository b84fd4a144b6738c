"""Dates and times as the pages print them, where nothing else is said: in the admin site."""

DATE_FORMAT = "D j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "D j M Y, H:i"
