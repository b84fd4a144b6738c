"""Numbers and logins of members in the student system, for grades on their way back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.lti.claims import MAX_KEY_CHARS
from blog.models.memberships import Membership


class StudentIdentifier(models.Model):
    """A student system's identifier of a member, as its list has it.

    ``kind`` is one of ``blog.roster_files.RosterRow.identifiers``: ``sis_id``, ``login``,
    ``org_defined_id`` and others. ``system`` names the program whose list it was (``canvas``,
    ``moodle``, ``brightspace``, ``blackboard``), "" if that is unknown.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="student_identifiers")
    system = models.CharField(_("system"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=20)
    value = models.CharField(_("value"), max_length=MAX_KEY_CHARS)

    class Meta:
        verbose_name = _("number in the student system")
        verbose_name_plural = _("numbers in the student system")
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "system", "kind"],
                name="one_identifier_per_member_system_and_kind",
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.value}"
