"""What logs must not hold: the secret part of an address."""

import logging
import re

SECRET = re.compile(r"(/(?:feeds|unsubscribe)/)[^/\s\"']+")


class HideFeedTokens(logging.Filter):
    """Take the secrets of feeds and of links that stop mail out of log records.

    Django logs the path of each request that it refuses, and of each that broke.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/feeds/" in message or "/unsubscribe/" in message:
            record.msg, record.args = SECRET.sub(r"\1…", message), None
        return True
