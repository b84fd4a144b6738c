"""Messages to people whom an LMS sends, and to an LMS about this site."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TOOL_WORDS = gettext_lazy(
    "Posts with references, comments, and a map of who learns with whom, for a course."
)
AGAIN = gettext_lazy("Go back to your LMS and open the link there again.")
TELL = gettext_lazy("Tell your LMS administrator. Only they can fix this.")

TELL_SITE = gettext_lazy("Tell the people who run this site. They can fix this.")

OFF_LIMITS = gettext_lazy("The LMS is on a private network, so this site cannot reach it.")

REASONS = {
    "platform": gettext_lazy("This site does not know the LMS that you come from."),
    "off": gettext_lazy("People cannot sign in from this LMS now."),
    "deployment": gettext_lazy("This site does not know who added it to this part of your LMS."),
    "signature": gettext_lazy("We cannot tell whether this message comes from your LMS."),
    "issuer": gettext_lazy("This message does not come from the LMS it names."),
    "audience": gettext_lazy("This message from your LMS was meant for another site."),
    "message": gettext_lazy("Your LMS sent something that this site does not understand."),
    "links": gettext_lazy("Your LMS does not take links to prompts here."),
    "target": gettext_lazy("This link in your LMS leads to another site."),
    "subject": gettext_lazy("Your LMS did not say who you are, as it does for guests."),
    "clock": gettext_lazy("The clock of your LMS is wrong."),
    "expired": gettext_lazy("It took too long to get here, so this link has expired."),
    "used": gettext_lazy("This link was already used. Each link works once."),
    "state": gettext_lazy("We did not ask your LMS for this."),
    "nonce": gettext_lazy("We did not ask your LMS for this."),
    "off limits": OFF_LIMITS,
    "unavailable": gettext_lazy("Your LMS is not responding right now."),
}
# What goes away when somebody tries again, and what is set here; the rest is set in the LMS.
PASSING = {"expired", "used", "state", "nonce", "unavailable"}
SET_HERE = {"off", "deployment"}


def refused_words(reason: str) -> str:
    """Return why a launch is refused, and what to do."""
    why = REASONS.get(reason, REASONS["message"])
    advice = AGAIN if reason in PASSING else TELL_SITE if reason in SET_HERE else TELL
    return _("%(why)s %(advice)s") % {"why": why, "advice": advice}
