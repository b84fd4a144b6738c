"""Dates, times and numbers in French, where nothing else is said."""

DATE_FORMAT = "D j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "D j M Y, H:i"
DECIMAL_SEPARATOR = ","
