"""The version of the collection notice, which everybody accepts (ADR 0062)."""

from django.conf import settings

# Changed with the sense of ``templates/blog/about/_notice.html``: everybody is asked again.
NOTICE_TEXT = "2"


def notice_version() -> str:
    """Return the version of the notice: that of our text, and that of the institution's part."""
    return f"{NOTICE_TEXT}.{settings.NOTICE_VERSION}" if settings.NOTICE_VERSION else NOTICE_TEXT
