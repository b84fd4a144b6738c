"""Dates, times and numbers in Arabic, with the digits that forms and files have.

Beside these digits CLDR separates by a point, as our scripts do (docs/adr/0073).
"""

DATE_FORMAT = "D j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "D j M Y, H:i"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
