"""Dates, times and numbers in Arabic, where nothing else is said: with the digits of forms and files.

Beside these digits CLDR separates by a point, as our scripts do (docs/adr/0073).
"""

DATE_FORMAT = "D j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "D j M Y, H:i"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
