"""What logs must not hold: the secret part of an address."""

import logging
import re

SECRET = re.compile(r"(/(?:feeds|unsubscribe|join/invitations)/|/p/\d+/[\w-]+/comments/)[^/\s\"']+")
SECRET_PATHS = ("/feeds/", "/unsubscribe/", "/comments/", "/invitations/")


class HideTokens(logging.Filter):
    """Take the secrets of feeds, invitations, links that stop mail and guests out of log records.

    Django logs the path of each request that it refuses, and of each that broke.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if any(path in message for path in SECRET_PATHS):
            record.msg, record.args = SECRET.sub(r"\1…", message), None
        return True
